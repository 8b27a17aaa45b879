import { expect, test } from 'vitest'
import { isOwnTime, pacesWith } from './pace.ts'

test('a pace that is none of the usual ones stands in its place among them', () => {
  expect(pacesWith(5)).toEqual([0, 1, 5, 10, 60, 600])
  expect(pacesWith(60)).toEqual([0, 1, 10, 60, 600])
})

test('a town that runs with the clock is not told to have its own time', () => {
  expect([0, 5_000, -5_000, 3_600_000, -3_600_000].map(isOwnTime)).toEqual([false, false, false, true, true])
})
