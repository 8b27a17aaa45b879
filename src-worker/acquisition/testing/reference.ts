// Modbus once more, written apart from the drivers and as plainly as can be, for tests to compare them with.

export type Asked = { transaction: number; unit: number; code: number; address: number; count: number; value: number }
export type Taken = { words: number[] } | { exception: number } | null

const is = (bytes: Uint8Array, at: number, value: number) => bytes[at] === value
const pair = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)

/** Frames of a Modbus TCP stream as [start, length], and whether the stream stays readable to its end. */
export function framesOf(stream: Uint8Array): { frames: [number, number][]; readable: boolean } {
  const frames: [number, number][] = []
  let at = 0
  while (stream.length - at >= 6) {
    const body = pair(stream, at + 4)
    if (pair(stream, at + 2) !== 0 || body < 2 || body > 254) return { frames, readable: false }
    if (stream.length - at < 6 + body) break
    frames.push([at, 6 + body])
    at += 6 + body
  }
  return { frames, readable: true }
}

/** What an answer of unit, function and data says to a request; null when it is no answer to it. */
export function answerOf(asked: Asked, body: Uint8Array): Taken {
  if (!is(body, 0, asked.unit)) return null
  if (is(body, 1, asked.code + 128)) return body.length === 3 ? { exception: body[2] ?? 0 } : null
  if (!is(body, 1, asked.code)) return null
  if (asked.code === 3 || asked.code === 4) {
    if (body.length !== 3 + asked.count * 2 || !is(body, 2, asked.count * 2)) return null
    return { words: Array.from({ length: asked.count }, (_, i) => pair(body, 3 + i * 2)) }
  }
  if (asked.code === 1 || asked.code === 2) {
    const bytes = Math.floor((asked.count + 7) / 8)
    if (body.length !== 3 + bytes || !is(body, 2, bytes)) return null
    return { words: Array.from({ length: asked.count }, (_, i) => ((body[3 + Math.floor(i / 8)] ?? 0) >> (i % 8)) % 2) }
  }
  const second = asked.code === 6 ? asked.value : asked.code === 5 ? (asked.value === 0 ? 0 : 0xff00) : asked.count
  return body.length === 6 && pair(body, 2) === asked.address && pair(body, 4) === second ? { words: [] } : null
}

/** The first sound answer anywhere in the bytes of a serial line. */
export function serialAnswerOf(asked: Asked, bytes: Uint8Array): Taken {
  const size = asked.code >= 5 ? 6 : 3 + (asked.code <= 2 ? Math.floor((asked.count + 7) / 8) : asked.count * 2)
  for (let at = 0; at + 5 <= bytes.length; at++) {
    for (const length of [size, 3]) {
      if (at + length + 2 > bytes.length) continue
      const body = bytes.subarray(at, at + length)
      const taken = answerOf(asked, body)
      if (!taken || (length === 3 && 'words' in taken && size !== 3)) continue
      const check = checkOf(body)
      if (bytes[at + length] === check % 256 && bytes[at + length + 1] === Math.floor(check / 256)) return taken
    }
  }
  return null
}

/** CRC-16 of Modbus by its table. */
export function checkOf(bytes: Uint8Array): number {
  let check = 0xffff
  for (const byte of bytes) check = (table[(check ^ byte) & 0xff] ?? 0) ^ (check >> 8)
  return check
}

const table = Uint16Array.from({ length: 256 }, (_, index) => {
  let entry = index
  for (let bit = 0; bit < 8; bit++) entry = entry % 2 === 1 ? Math.floor(entry / 2) ^ 0xa001 : Math.floor(entry / 2)
  return entry
})

/** The right answer to a request, without header and check: words where it reads. */
export function rightAnswer(asked: Asked, words: ArrayLike<number>): Uint8Array {
  if (asked.code >= 5) {
    const second = asked.code === 6 ? asked.value : asked.code === 5 ? (asked.value === 0 ? 0 : 0xff00) : asked.count
    return Uint8Array.of(asked.unit, asked.code, asked.address >> 8, asked.address & 255, second >> 8, second & 255)
  }
  const coils = asked.code <= 2
  const size = coils ? Math.floor((asked.count + 7) / 8) : asked.count * 2
  const body = new Uint8Array(3 + size)
  body.set([asked.unit, asked.code, size])
  for (let i = 0; i < asked.count; i++) {
    const word = words[i] ?? 0
    if (coils) body[3 + (i >> 3)] = (body[3 + (i >> 3)] ?? 0) | ((word & 1) << (i & 7))
    else body.set([word >> 8, word & 255], 3 + i * 2)
  }
  return body
}
