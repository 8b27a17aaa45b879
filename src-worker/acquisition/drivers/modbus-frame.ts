// Modbus TCP on the wire: Modbus Messaging on TCP/IP 1.0b (header) and Modbus Application Protocol 1.1b3 (function codes).
import { Failure } from '#shared/failures.ts'
import type { Point } from '#shared/devices/profile.ts'

type Area = Point['area']

/** What has been asked; `value` is the word of a single write. */
export type Request = { transaction: number; unit: number; code: number; address: number; count: number; value: number }

/** Words of a read (none for a write), the exception code of the device, or what does not fit the request. */
export type Answer = Uint16Array | number | Wrong
export type Wrong = 'unit' | 'function' | 'length' | 'byteCount' | 'echo'

export const longestFrame = 260

const headerLength = 6
const shortestBody = 2
const longestBody = 254
const noWords = new Uint16Array(0)

const readCodes: Record<Area, number> = { coil: 1, discrete: 2, holding: 3, input: 4 }
const writeCoil = 5
const writeRegister = 6
const writeCoils = 15
const writeRegisters = 16

export function readCode(area: Area): number {
  return readCodes[area]
}

/** Function code for a write: the single form for one word. Throws `input.invalid` for an area that cannot be written. */
export function writeCode(area: Area, count: number): number {
  if (area === 'holding') return count === 1 ? writeRegister : writeRegisters
  if (area === 'coil') return count === 1 ? writeCoil : writeCoils
  throw new Failure('input.invalid', { area })
}

/** Puts the request into `into` (at least 260 bytes) and returns its length. `words` are those of a write. */
export function build(into: Uint8Array, request: Request, words: ArrayLike<number> = noWords): number {
  put(into, 0, request.transaction)
  put(into, 2, 0)
  into[6] = request.unit
  into[7] = request.code
  put(into, 8, request.address)
  let end = 12
  if (request.code === writeRegister) put(into, 10, request.value)
  else if (request.code === writeCoil) put(into, 10, request.value ? 0xff00 : 0)
  else put(into, 10, request.count)
  if (request.code === writeRegisters) {
    into[end++] = words.length * 2
    for (let i = 0; i < words.length; i++, end += 2) put(into, end, words[i] ?? 0)
  } else if (request.code === writeCoils) {
    const bytes = Math.ceil(words.length / 8)
    into[end++] = bytes
    into.fill(0, end, end + bytes)
    for (let i = 0; i < words.length; i++) if (words[i]) into[end + (i >> 3)] = byte(into, end + (i >> 3)) | (1 << (i & 7))
    end += bytes
  }
  put(into, 4, end - headerLength)
  return end
}

export function transactionOf(bytes: Uint8Array, at: number): number {
  return word(bytes, at)
}

/** Reads the whole frame of `length` bytes at `at` as the answer to `request`; the transaction has been compared already. */
export function answerTo(request: Request, bytes: Uint8Array, at: number, length: number): Answer {
  if (byte(bytes, at + 6) !== request.unit) return 'unit'
  const code = byte(bytes, at + 7)
  if (code === (request.code | 0x80)) return length === 9 ? byte(bytes, at + 8) : 'length'
  if (code !== request.code) return 'function'
  return code < writeCoil ? wordsOf(request, bytes, at, length) : echoOf(request, bytes, at, length)
}

function wordsOf(request: Request, bytes: Uint8Array, at: number, length: number): Answer {
  if (length < 9) return 'length'
  const coils = request.code <= readCodes.discrete
  const count = byte(bytes, at + 8)
  if (count !== (coils ? Math.ceil(request.count / 8) : request.count * 2)) return 'byteCount'
  if (length !== 9 + count) return 'length'
  const words = new Uint16Array(request.count)
  const from = at + 9
  if (coils) for (let i = 0; i < request.count; i++) words[i] = (byte(bytes, from + (i >> 3)) >> (i & 7)) & 1
  else for (let i = 0; i < request.count; i++) words[i] = word(bytes, from + i * 2)
  return words
}

function echoOf(request: Request, bytes: Uint8Array, at: number, length: number): Answer {
  if (length !== 12) return 'length'
  const coil = request.value ? 0xff00 : 0
  const second = request.code === writeRegister ? request.value : request.code === writeCoil ? coil : request.count
  return word(bytes, at + 8) === request.address && word(bytes, at + 10) === second ? noWords : 'echo'
}

/** Cuts a stream of bytes into frames, however it was split or joined on the way. */
export class FrameReader {
  readonly #bytes = new Uint8Array(2 * longestFrame)
  #end = 0

  /**
   * Hands each frame that has become whole to `take`, valid only during the call. Returns false, and forgets what it holds, when
   * the bytes cannot be a frame: from there on nobody can tell where the next one begins.
   */
  push(chunk: Uint8Array, length: number, take: (bytes: Uint8Array, at: number, length: number) => void): boolean {
    const bytes = this.#bytes
    for (let from = 0; from < length;) {
      const part = Math.min(bytes.length - this.#end, length - from)
      bytes.set(chunk.subarray(from, from + part), this.#end)
      this.#end += part
      from += part
      let start = 0
      while (this.#end - start >= headerLength) {
        const body = word(bytes, start + 4)
        if (word(bytes, start + 2) !== 0 || body < shortestBody || body > longestBody) {
          this.#end = 0
          return false
        }
        if (this.#end - start < headerLength + body) break
        take(bytes, start, headerLength + body)
        start += headerLength + body
      }
      if (start > 0) {
        bytes.copyWithin(0, start, this.#end)
        this.#end -= start
      }
    }
    return true
  }
}

const byte = (bytes: Uint8Array, at: number) => bytes[at] ?? 0
const word = (bytes: Uint8Array, at: number) => (byte(bytes, at) << 8) | byte(bytes, at + 1)

function put(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8
  bytes[at + 1] = value
}
