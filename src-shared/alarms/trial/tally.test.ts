import { expect, test } from 'vitest'
import { slotMs, Sum, Tally } from './tally.ts'

const tallied = (begins: readonly number[]) => {
  const tally = new Tally()
  for (const begin of begins) tally.begin(begin * slotMs)
  return tally.chattering
}

test('three begins within six quarter hours chatter, all three of them', () => {
  expect(tallied([0, 2, 4])).toBe(3)
  expect(tallied([0, 3, 6])).toBe(3)
  expect(tallied([0, 3, 7])).toBe(0)
})

test('each occurrence of a longer chatter counts once', () => {
  expect(tallied([0, 2, 4, 6, 8])).toBe(5)
  expect(tallied([0, 2, 4, 20, 22, 24])).toBe(6)
  // The first of the second group is also the last of the first one.
  expect(tallied([0, 2, 4, 9, 10])).toBe(5)
  expect(tallied([0, 2, 4, 11, 13, 20])).toBe(3)
})

test('what is gone within a quarter hour is fleeting, the off-delay not counted', () => {
  const tally = new Tally()
  tally.end(0, slotMs, 0)
  tally.end(0, slotMs + 60_000, 0)
  tally.end(0, slotMs + 300_000, 300_000)
  expect([tally.fleeting, tally.activeMs]).toEqual([2, 3 * slotMs + 360_000])
})

test('sums name each device once, and only those where it came up', () => {
  const [one, other, quiet] = [new Tally(), new Tally(), new Tally()]
  one.begin(0)
  other.begin(0)
  const sum = new Sum()
  sum.add('a', one, 1)
  sum.add('a', other, 0)
  sum.add('b', quiet, 0)
  expect(sum.outcome(14 * 24 * 3_600_000)).toMatchObject({ occurrences: 2, devices: 1, perWeek: 1 })
  expect(sum.lost).toBe(1)
})
