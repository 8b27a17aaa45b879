// Modbus over serial line 1.02: what surrounds the function code there, and how to find an answer among other bytes.
import { answerTo, build, type Answer, type Request, type Wrong } from './modbus-frame.ts'

/** Why bytes that came are no answer: another one's frame, or no frame at all. `noise` is what no frame begins with. */
export type RtuWrong = Wrong | 'crc' | 'short' | 'noise'
export type Found = { answer: Uint16Array | number; end: number }

export const longestRtuFrame = 256
export const exceptionLength = 5

const headerOfTcp = 6
const checkLength = 2
const firstWrite = 5
const refusedBit = 0x80

/** Puts the request into `into` (at least 264 bytes) and returns the part of it that goes out. */
export function buildRtu(into: Uint8Array, request: Request, words?: ArrayLike<number>): Uint8Array {
  const end = build(into, request, words)
  const check = crc16(into, headerOfTcp, end)
  into[end] = check
  into[end + 1] = check >> 8
  return into.subarray(headerOfTcp, end + checkLength)
}

/** Length of the answer to a request when the device does not refuse it. */
export function answerLength({ code, count }: Pick<Request, 'code' | 'count'>): number {
  if (code >= firstWrite) return 8
  return exceptionLength + (code <= 2 ? Math.ceil(count / 8) : count * 2)
}

/** The first whole answer to the request from `from` on, whatever lies before it; `refusals` says whether one of those will do. */
export function findAnswer(
  request: Request,
  bytes: Uint8Array,
  length: number,
  { from = 0, refusals = true }: { from?: number; refusals?: boolean } = {},
): Found | undefined {
  for (let at = from; at + exceptionLength <= length; at++) {
    if (bytes[at] !== request.unit) continue
    const code = bytes[at + 1]
    if (code !== request.code && (!refusals || code !== (request.code | refusedBit))) continue
    const end = at + (code === request.code ? answerLength(request) : exceptionLength)
    if (end > length || !isSound(bytes, at, end)) continue
    const answer: Answer = answerTo(request, bytes, at - headerOfTcp, headerOfTcp + end - at - checkLength)
    if (typeof answer !== 'string') return { answer, end }
  }
  return undefined
}

/**
 * What bytes are that hold no answer. `foreign`: whole frames, whose sender says when it is ready; the others will not become
 * anything any more. `unit` is the sender of the first of them.
 */
export function diagnose(
  request: Request,
  bytes: Uint8Array,
  length: number,
  from = 0,
): { wrong: RtuWrong; foreign: boolean; unit: number } | undefined {
  if (from >= length) return undefined
  const unit = bytes[from] ?? 0
  const code = bytes[from + 1] ?? 0
  let at = from
  for (let end = frameEnd(bytes, at, length); end; end = frameEnd(bytes, at, length)) at = end
  if (at >= length) {
    if (unit !== request.unit) return { wrong: 'unit', foreign: true, unit }
    return { wrong: (code & ~refusedBit) === request.code ? 'byteCount' : 'function', foreign: true, unit }
  }
  if (at > from) return { wrong: 'noise', foreign: false, unit }
  const isOurs = unit === request.unit && (code & ~refusedBit) === request.code
  if (!isOurs) return { wrong: 'noise', foreign: false, unit }
  const expected = code & refusedBit ? exceptionLength : answerLength(request)
  return { wrong: length - from < expected ? 'short' : 'crc', foreign: false, unit }
}

/** Where the whole frame at `at` ends, request or answer of anybody; 0 when none is there. */
function frameEnd(bytes: Uint8Array, at: number, length: number): number {
  const code = bytes[at + 1] ?? 0
  const counted = (bytes[at + 2] ?? 0) + exceptionLength
  const lengths = code & refusedBit ? [exceptionLength] : code < firstWrite ? [counted, 8] : [8, (bytes[at + 6] ?? 0) + 9]
  for (const size of lengths) {
    const end = at + size
    if (size <= longestRtuFrame && end <= length && isSound(bytes, at, end)) return end
  }
  return 0
}

function isSound(bytes: Uint8Array, at: number, end: number): boolean {
  const check = crc16(bytes, at, end - checkLength)
  return bytes[end - 2] === (check & 0xff) && bytes[end - 1] === check >> 8
}

/** The check of a frame, low byte sent first. */
export function crc16(bytes: Uint8Array, from: number, to: number): number {
  let check = 0xffff
  for (let i = from; i < to; i++) {
    check ^= bytes[i] ?? 0
    for (let bit = 0; bit < 8; bit++) check = check & 1 ? (check >> 1) ^ 0xa001 : check >> 1
  }
  return check
}
