import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Failure } from '../failures.ts'
import { viewOf } from '../meters/telegram-view.ts'
import { parseFrame } from './frame.ts'
import { heatMeterOf } from './heat-meter.ts'
import { profileFor } from './own-profile.ts'
import { decodeTelegram } from './telegram.ts'
import { frameBytes, frameNames } from './testing/corpus.ts'
import { anyBytes, damaged, longFrames, nonsense, randomFrom, spoilt, type Random } from './testing/hostile.ts'
import { hex } from './text.ts'

const seed = Number(process.env['MBUS_SEED'] ?? Math.trunc(Math.random() * 2 ** 32))
const rounds = 500_000
/** Longest time for one case. A machine that does something else meanwhile may hold one up, so it is given a second chance. */
const mostMs = 50
/** How often what the decoder said is also made into words and points. */
const shownEvery = 50

/** Where a refusal comes from is told by its reason; writing half a million call stacks takes most of the time. */
const stacks = Error.stackTraceLimit
beforeAll(() => void (Error.stackTraceLimit = 0))
afterAll(() => void (Error.stackTraceLimit = stacks))

type Count = { taken: number; refused: number; slow: number }

/** What is wrong with how the bytes were treated, or undefined. Counts what was taken and what refused. */
function trouble(bytes: Uint8Array, count: Count, shown: boolean): string | undefined {
  const result = parseFrame(bytes)
  if (result.state === 'complete' && (result.length < 1 || result.length > bytes.length)) return `length ${result.length}`
  if (result.state === 'incomplete' && result.missing < 1) return `missing ${result.missing}`
  try {
    const telegram = decodeTelegram(bytes)
    heatMeterOf(telegram)
    if (shown) {
      viewOf([bytes], { at: 0, complete: true })
      profileFor([telegram])
    }
    count.taken++
    for (const { value } of telegram.records) if (value.kind === 'number' && !Number.isFinite(value.value)) return 'a number without end'
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) return String(error)
    count.refused++
    return undefined
  }
}

function timed(bytes: Uint8Array, count: Count, shown: boolean): string | undefined {
  const start = performance.now()
  const found = trouble(bytes, count, shown)
  if (performance.now() - start <= mostMs || found !== undefined) return found
  count.slow++
  const again = performance.now()
  trouble(bytes, { taken: 0, refused: 0, slow: 0 }, shown)
  return performance.now() - again > mostMs ? `more than ${mostMs} ms` : undefined
}

/** The first of many that was treated wrongly, with its bytes. */
function firstTrouble(make: () => Uint8Array, times: number, count: Count): string | undefined {
  for (let i = 0; i < times; i++) {
    const bytes = make()
    const found = timed(bytes, count, i % shownEvery === 0)
    if (found !== undefined) return `${found} from ${hex(bytes)}`
  }
  return undefined
}

describe(`bytes of any kind are taken or refused with a failure (MBUS_SEED=${seed})`, () => {
  const real = frameNames('valid').map((name) => frameBytes('valid', name))
  const long = longFrames(real)
  // Damage that the sum of all bytes does not show is taken: the link layer has nothing better.
  const makers: [string, (random: Random) => Uint8Array, { mostTaken: number }][] = [
    ['random bytes', (random) => anyBytes(random, random(280)), { mostTaken: 0.0001 }],
    ['answers full of nonsense', nonsense, { mostTaken: 1 }],
    ['real answers with other data', (random) => spoilt(random, long), { mostTaken: 1 }],
    ['damaged real answers', (random) => damaged(random, real), { mostTaken: 0.1 }],
  ]

  test.each(makers)('%s', { timeout: 300_000 }, (_, make, { mostTaken }) => {
    const random = randomFrom(seed)
    const count: Count = { taken: 0, refused: 0, slow: 0 }
    const times = rounds / makers.length
    expect(firstTrouble(() => make(random), times, count)).toBeUndefined()
    expect(count.taken + count.refused).toBe(times)
    expect(count.refused).toBeGreaterThan(0)
    expect(count.taken / times).toBeLessThan(mostTaken)
    expect(count.taken > 0 || mostTaken < 1).toBe(true)
    expect(count.slow).toBeLessThan(100)
  })

  test('what was decoded leaves nothing behind', { timeout: 60_000 }, () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const random = randomFrom(seed)
    const count: Count = { taken: 0, refused: 0, slow: 0 }
    const heldAfter = (times: number) => {
      firstTrouble(() => spoilt(random, long), times, count)
      collect()
      return process.memoryUsage().heapUsed
    }
    heldAfter(5000)
    const before = heldAfter(5000)
    expect(heldAfter(20_000) - before).toBeLessThan(1_000_000)
  })
})
