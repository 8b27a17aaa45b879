import { expect, test } from 'vitest'
import { CountUp } from './count-up.ts'
import { hour, minute, seeded } from './testing/run.ts'

const quarter = 15 * minute
/** Usual use: 10 steps of 1 within 10 quarters. */
const usual = Array.from({ length: 11 }, (_, n) => 1000 + n)

function count(values: readonly number[], everyMs = quarter, limitPerHour = 1_000_000): CountUp {
  const up = new CountUp(limitPerHour)
  values.forEach((value, n) => up.take(value, n * everyMs))
  return up
}

test.each<[string, number[], total: number, breaks: number]>([
  ['what it counted', usual, 10, 0],
  ['what it counted while nobody looked', [1000, 1001, 1001, 1001, 1005], 5, 0],
  ['a step back within the last digit means nothing', [...usual, 1009, 1010, 1011], 11, 0],
  ['one digit back that stays means nothing either', [...usual, 1009, 1009, 1009, 1009, 1009, 1011], 11, 0],
  ['zeros are silence', [...usual, 0, 0, 0, 0, 0, 1012], 12, 0],
  ['a stray value up is left out', [...usual, 9999, 1012], 12, 0],
  ['stray values down are left out', [...usual, 3, 4, 1012], 12, 0],
  ['another meter with a lower index', [...usual, 200, 201, 202, 203, 204], 14, 1],
  ['another meter with a higher index', [...usual, 5000, 5001, 5002, 5003, 5004], 14, 1],
  ['another meter that begins at zero', [...usual, 0, 0, 1, 2, 3, 4, 5], 14, 1],
  ['the register begins anew after its highest number', [9990, 9991, 9992, 9993, 9994, 9995, 9996, 9997, 9998, 9999, 1, 2], 12, 0],
  [
    'a meter that is replaced when nearly full is not a giant figure',
    [990, 991, 992, 993, 994, 995, 996, 997, 998, 999, 600, 601, 602, 603],
    12,
    1,
  ],
  ['a burst pipe counts, though it is far more than usual', [...usual, 1110, 1210, 1310, 1410], 410, 0],
  ['a burst that slows down counts', [...usual, 1110, 1140, 1170, 1200], 200, 0],
  ['two other meters one after the other', [...usual, 5, 6, 7, 8, 800, 801, 802, 803], 16, 2],
])('%s', (_name, values, total, breaks) => {
  const up = count(values)
  expect({ total: up.total, breaks: up.breaks }).toEqual({ total, breaks })
})

test('more than can be is doubtful, also while nothing is known of what is usual', () => {
  expect(count([1000, 60_000, 60_001, 60_002, 60_003], minute).breaks).toBe(1)
  expect(count([1000, 60_000, 60_001, 60_002, 60_003], minute).total).toBe(3)
})

test('a coarse register that has stood still for long moves by one digit', () => {
  const steps = Array.from({ length: 12 }, (_, n) => [n + 1, 20 * hour * n] as const)
  const up = new CountUp(1_000_000)
  for (const [value, at] of steps) up.take(value, at)
  const idle = 20 * hour * 11
  // A digit a minute later, and then it stands still again, which is no other meter.
  for (let minutes = 1; minutes < 10; minutes++) up.take(13, idle + minutes * minute)
  expect([up.total, up.breaks]).toEqual([12, 0])
})

test('the same sample twice is one, and one of an earlier time is a break', () => {
  const up = count(usual)
  expect(up.take(1010, 10 * quarter)).toBe(false)
  expect(up.take(1011, 5 * quarter)).toBe(true)
  expect([up.total, up.breaks, up.at]).toEqual([10, 1, 5 * quarter])
})

test('is never negative, and never more than was counted, whatever a register does', () => {
  const random = seeded(5)
  for (let round = 0; round < 200; round++) {
    const up = new CountUp(20_000)
    let index = random() * 10_000
    let used = 0
    let before = 0
    for (let n = 0; n < 200; n++) {
      const step = n < 20 ? 0.5 : random() < 0.3 ? random() : 0
      index += step
      used += step
      const odd = n < 20 ? 1 : random()
      if (odd < 0.01) index = random() < 0.5 ? 0 : random() * 100_000
      const shown = odd < 0.05 ? 0 : odd < 0.07 ? index + 1e6 : odd < 0.09 ? index / 1000 : index
      up.take(shown, n * quarter)
      expect(up.total).toBeGreaterThanOrEqual(before)
      before = up.total
    }
    // What another meter adds within what is usual cannot be told from use; its index can.
    expect(up.total).toBeLessThanOrEqual(used + 100)
  }
})
