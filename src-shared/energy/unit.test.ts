import { expect, test } from 'vitest'
import { resolutionOf, toKwh, weightedCount } from './unit.ts'

test('registers count in many units, all of them kWh in the end', () => {
  expect(toKwh(1, 'GJ')).toBeCloseTo(277.78, 2)
  expect(toKwh(1, 'Gcal')).toBe(1163)
  expect(toKwh(2.5, 'MWh')).toBe(2500)
  expect(toKwh(3600, 'MJ')).toBeCloseTo(1000, 9)
})

test('250.00 m³ with 23750 in E8 and 11250 in E9 came in with 95 °C and left with 45 °C', () => {
  const count = weightedCount(0.01) ?? Number.NaN
  expect((23_750 * count) / 250).toBe(95)
  expect((11_250 * count) / 250).toBe(45)
  expect([0.001, 0.1, 1, 0.5].map(weightedCount)).toEqual([0.1, 10, 100, null])
})

test.each([
  [[1200, 1300], 100],
  [[12, 13, 0], 1],
  [[561.08, 561.1], 0.01],
  [[561.083, Number.NaN], 0.001],
  [[14_204.278, 168.43009], 0.00001],
])('%j is shown in steps of %s', (values, resolution) => expect(resolutionOf(Float64Array.from(values))).toBeCloseTo(resolution, 9))
