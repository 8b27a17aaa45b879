import { describe, expect, test } from 'vitest'
import { Failure } from '../failures.ts'
import { buildFrame, longestData, parseFrame, wholeFrame } from './frame.ts'
import { heatMeterOf } from './heat-meter.ts'
import { decodeTelegram } from './telegram.ts'
import { frameBytes, frameNames } from './testing/corpus.ts'
import { hex } from './text.ts'

const seed = Number(process.env['MBUS_SEED'] ?? Math.trunc(Math.random() * 2 ** 32))
const rounds = 200_000

/** Numbers from 0 to 1, the same for the same seed (xorshift). */
function randomFrom(start: number): () => number {
  let state = start | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

type Random = () => number
const below = (random: Random, limit: number) => Math.floor(random() * limit)
const anyBytes = (random: Random, length: number) => Uint8Array.from({ length }, () => below(random, 256))

/** Answers that differ from a real one in a few bytes of their data, or end early, with the checksum put right. */
function spoilt(random: Random, real: readonly Uint8Array[]): Uint8Array {
  const frame = wholeFrame(real[below(random, real.length)] ?? new Uint8Array())
  if (frame.kind !== 'long') return new Uint8Array()
  const data = random() < 0.3 ? frame.data.slice(0, below(random, frame.data.length)) : frame.data.slice()
  for (let i = below(random, 6); i >= 0; i--) data[below(random, data.length)] = below(random, 256)
  const ci = random() < 0.05 ? below(random, 256) : frame.ci
  return buildFrame({ ...frame, ci, data })
}

const answerKinds = [0x70, 0x71, 0x72, 0x73, 0x78, 0x7a]

/** Answers of the right form with nothing sensible in them. */
function nonsense(random: Random): Uint8Array {
  const ci = answerKinds[below(random, answerKinds.length)] ?? 0x72
  return buildFrame({ kind: 'long', control: 0x08, address: 1, ci, data: anyBytes(random, below(random, longestData + 1)) })
}

/** Real answers with flipped bits that nobody put right. */
function damaged(random: Random, real: readonly Uint8Array[]): Uint8Array {
  const bytes = (real[below(random, real.length)] ?? new Uint8Array()).slice(0, random() < 0.5 ? undefined : below(random, 250))
  for (let i = below(random, 4); i >= 0; i--) {
    const at = below(random, bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8))
  }
  return bytes
}

/** What is wrong with how the bytes were treated, or undefined. Counts what was taken and what refused. */
function trouble(bytes: Uint8Array, count: { taken: number; refused: number }): string | undefined {
  const result = parseFrame(bytes)
  if (result.state === 'complete' && (result.length < 1 || result.length > bytes.length)) return `length ${result.length}`
  if (result.state === 'incomplete' && result.missing < 1) return `missing ${result.missing}`
  try {
    const telegram = decodeTelegram(bytes)
    heatMeterOf(telegram)
    count.taken++
    const numbers = telegram.records.map(({ value }) => (value.kind === 'number' ? value.value : 0))
    return numbers.every(Number.isFinite) ? undefined : 'a number without end'
  } catch (error) {
    count.refused++
    return error instanceof Failure ? undefined : String(error)
  }
}

/** The first of many that was treated wrongly, with its bytes. */
function firstTrouble(make: () => Uint8Array, times: number, count: { taken: number; refused: number }): string | undefined {
  for (let i = 0; i < times; i++) {
    const bytes = make()
    const found = trouble(bytes, count)
    if (found !== undefined) return `${found} from ${hex(bytes)}`
  }
  return undefined
}

describe(`bytes of any kind are taken or refused with a failure (MBUS_SEED=${seed})`, () => {
  const real = frameNames('valid').map((name) => frameBytes('valid', name))
  // Damage that the sum of all bytes does not show is taken: the link layer has nothing better.
  const makers: [string, (random: Random) => Uint8Array, { mostTaken: number }][] = [
    ['random bytes', (random) => anyBytes(random, below(random, 280)), { mostTaken: 0.0001 }],
    ['answers full of nonsense', nonsense, { mostTaken: 1 }],
    ['real answers with other data', (random) => spoilt(random, real), { mostTaken: 1 }],
    ['damaged real answers', (random) => damaged(random, real), { mostTaken: 0.1 }],
  ]

  test.each(makers)('%s', { timeout: 300_000 }, (_, make, { mostTaken }) => {
    const random = randomFrom(seed)
    const count = { taken: 0, refused: 0 }
    const times = rounds / makers.length
    expect(firstTrouble(() => make(random), times, count)).toBeUndefined()
    expect(count.taken + count.refused).toBe(times)
    expect(count.refused).toBeGreaterThan(0)
    expect(count.taken / times).toBeLessThan(mostTaken)
    expect(count.taken > 0 || mostTaken < 1).toBe(true)
  })
})
