import { badAnswer, type MbusFault } from './fault.ts'

/** One frame of the link layer. A control frame is a long one without data. */
export type MbusFrame =
  | { kind: 'ack' }
  | { kind: 'short'; control: number; address: number }
  | { kind: 'long'; control: number; address: number; ci: number; data: Uint8Array }

export type FrameFault = Extract<MbusFault, 'start' | 'length' | 'checksum' | 'stop'>

/** What stands at a place of a byte stream. `length` and `missing` are numbers of bytes; more may be missing than is known yet. */
export type FrameResult =
  | { state: 'complete'; frame: MbusFrame; length: number }
  | { state: 'incomplete'; missing: number }
  | { state: 'damaged'; reason: FrameFault }

const ackByte = 0xe5
const shortStart = 0x10
const longStart = 0x68
const stopByte = 0x16
const shortLength = 5
/** Start, length twice, start, checksum and stop around what the length counts. */
const around = 6
/** Control, address and CI, which the length counts along. */
const fields = 3

export const longestFrame = 255 + around
export const longestData = 255 - fields

/** Reads the frame that starts at `from`. Never throws and never reads past the end. */
export function parseFrame(bytes: Uint8Array, from = 0): FrameResult {
  const start = bytes[from]
  if (start === undefined) return { state: 'incomplete', missing: 1 }
  if (start === ackByte) return { state: 'complete', frame: { kind: 'ack' }, length: 1 }
  if (start === shortStart) return parseShort(bytes, from)
  return start === longStart ? parseLong(bytes, from) : damaged('start')
}

function parseShort(bytes: Uint8Array, from: number): FrameResult {
  const missing = from + shortLength - bytes.length
  if (missing > 0) return { state: 'incomplete', missing }
  const [control = 0, address = 0, checksum, stop] = bytes.subarray(from + 1, from + shortLength)
  if (stop !== stopByte) return damaged('stop')
  if (checksum !== sumOf([control, address])) return damaged('checksum')
  return { state: 'complete', frame: { kind: 'short', control, address }, length: shortLength }
}

function parseLong(bytes: Uint8Array, from: number): FrameResult {
  const [, length, again, start] = bytes.subarray(from, from + 4)
  if (again !== undefined && again !== length) return damaged('length')
  if (start !== undefined && start !== longStart) return damaged('start')
  if (length !== undefined && length < fields) return damaged('length')
  const whole = (length ?? fields) + around
  const missing = from + whole - bytes.length
  if (missing > 0) return { state: 'incomplete', missing }
  const inner = bytes.subarray(from + 4, from + whole - 2)
  if (bytes[from + whole - 1] !== stopByte) return damaged('stop')
  if (bytes[from + whole - 2] !== sumOf(inner)) return damaged('checksum')
  const [control = 0, address = 0, ci = 0] = inner
  return { state: 'complete', frame: { kind: 'long', control, address, ci, data: inner.slice(fields) }, length: whole }
}

/** The one frame that the bytes are. Throws `device.badAnswer` for damage, for too few and for too many bytes. */
export function wholeFrame(bytes: Uint8Array): MbusFrame {
  if (bytes.length === 0) throw badAnswer('empty')
  const result = parseFrame(bytes)
  if (result.state === 'incomplete') throw badAnswer('incomplete', { missing: result.missing })
  if (result.state === 'damaged') throw badAnswer(result.reason)
  if (result.length < bytes.length) throw badAnswer('trailing', { bytes: bytes.length - result.length })
  return result.frame
}

/** The bytes of a frame. Throws RangeError when it carries more data than a frame can. */
export function buildFrame(frame: MbusFrame): Uint8Array {
  if (frame.kind === 'ack') return Uint8Array.of(ackByte)
  if (frame.kind === 'short') {
    const { control, address } = frame
    return Uint8Array.of(shortStart, control, address, sumOf([control, address]), stopByte)
  }
  const { control, address, ci, data } = frame
  if (data.length > longestData) throw new RangeError(`${data.length} bytes of data, more than ${longestData}`)
  const length = data.length + fields
  const bytes = new Uint8Array(length + around)
  bytes.set([longStart, length, length, longStart, control, address, ci])
  bytes.set(data, 4 + fields)
  bytes[4 + length] = sumOf(bytes.subarray(4, 4 + length))
  bytes[5 + length] = stopByte
  return bytes
}

function sumOf(bytes: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) sum += bytes[i] ?? 0
  return sum & 0xff
}

function damaged(reason: FrameFault): FrameResult {
  return { state: 'damaged', reason }
}
