import { expect, test } from 'vitest'
import { faultsOf, zerosOf } from './faults.ts'
import { rangeFor, type Range } from './limits.ts'
import { shippedLimits } from './testing/meter.ts'

const rows = (...values: number[]) => Float64Array.from(values)
const outdoor = shippedLimits.ranges['outdoor'] as Range

test('what a broken sensor shows is told from what is too cold or too warm', () => {
  const { codes, outside } = faultsOf(rows(0, 1, 2, 3, 4, 5, 6), rows(5, -39.9, -39.9, 60, 115, 192, Number.NaN), outdoor)
  expect(codes.map(({ from, rows: count }) => [from, count])).toEqual([
    [1, 2],
    [4, 2],
  ])
  expect(outside.map(({ from, rows: count }) => [from, count])).toEqual([[3, 1]])
})

test('a point has the range of its class, whatever the number of its circuit', () => {
  expect(rangeFor(shippedLimits, 'circuit2.flow')).toMatchObject({ max: 110 })
  expect(rangeFor(shippedLimits, 'hotWater.flow')).toMatchObject({ max: 90 })
  expect(rangeFor(shippedLimits, 'circuit1.slope')).toBeUndefined()
})

test('three zeros at once are a drop-out, two are not', () => {
  const found = zerosOf(rows(0, 1, 2, 3), [rows(5, 0, 0, 0), rows(5, 0, 0, 4), rows(5, 9, 0, 0)])
  expect(found.map(({ from, to }) => [from, to])).toEqual([[2, 2]])
})
