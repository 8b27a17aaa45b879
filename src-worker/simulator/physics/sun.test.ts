import { expect, test } from 'vitest'
import { radiation } from './sun.ts'

const noon = Date.UTC(2026, 5, 21, 12)
const winter = Date.UTC(2026, 11, 21, 12)

test('the sun of the north: high in summer, low in winter, gone at night, weak behind clouds', () => {
  expect(radiation(56, noon, 1)).toBeGreaterThan(750)
  expect(radiation(56, noon, 1)).toBeLessThan(900)
  expect(radiation(56, winter, 1)).toBeGreaterThan(60)
  expect(radiation(56, winter, 1)).toBeLessThan(160)
  expect(radiation(56, noon - 12 * 3_600_000, 1)).toBe(0)
  expect(radiation(56, noon, 0) / radiation(56, noon, 1)).toBeCloseTo(0.25, 6)
})

test('a day is as long before noon as after', () => {
  for (let hours = 1; hours < 12; hours++)
    expect(radiation(56, noon + hours * 3_600_000, 1)).toBeCloseTo(radiation(56, noon - hours * 3_600_000, 1), -1)
})
