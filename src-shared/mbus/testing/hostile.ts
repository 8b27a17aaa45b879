import { buildFrame, longestData, longestFrame, wholeFrame, type MbusFrame } from '../frame.ts'

/** Whole numbers below a limit, the same for the same seed (xorshift). */
export type Random = (below: number) => number

export function randomFrom(start: number): Random {
  let state = start | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * below)
  }
}

/** Filled anew for every case: whoever keeps a view of it would see that. */
const buffer = new Uint8Array(longestFrame + 35)
const words = new DataView(buffer.buffer)

export function anyBytes(random: Random, length: number): Uint8Array {
  for (let i = 0; i < length; i += 4) words.setUint32(i, random(2 ** 32))
  return buffer.subarray(0, length)
}

export type LongFrame = Extract<MbusFrame, { kind: 'long' }>

export function longFrames(real: readonly Uint8Array[]): LongFrame[] {
  return real.map(wholeFrame).filter((frame) => frame.kind === 'long')
}

/** A real answer that differs in a few bytes of its data, or ends early, with the checksum put right. */
export function spoilt(random: Random, real: readonly LongFrame[]): Uint8Array {
  const frame = real[random(real.length)] as LongFrame
  const data = random(10) < 3 ? frame.data.slice(0, random(frame.data.length)) : frame.data.slice()
  for (let i = random(6); i >= 0; i--) data[random(data.length)] = random(256)
  return buildFrame({ ...frame, ci: random(20) === 0 ? random(256) : frame.ci, data })
}

const answerKinds = [0x70, 0x71, 0x72, 0x73, 0x78, 0x7a]

/** An answer of the right form with nothing sensible in it. */
export function nonsense(random: Random): Uint8Array {
  const ci = answerKinds[random(answerKinds.length)] ?? 0x72
  return buildFrame({ kind: 'long', control: 0x08, address: 1, ci, data: anyBytes(random, random(longestData + 1)) })
}

/** A real answer with flipped bits that nobody put right. */
export function damaged(random: Random, real: readonly Uint8Array[]): Uint8Array {
  const from = real[random(real.length)] as Uint8Array
  const length = random(2) === 0 ? from.length : Math.min(from.length, random(250))
  for (let i = 0; i < length; i++) buffer[i] = from[i] as number
  for (let i = random(4); i >= 0 && length > 0; i--) {
    const at = random(length)
    buffer[at] = (buffer[at] ?? 0) ^ (1 << random(8))
  }
  return buffer.subarray(0, length)
}
