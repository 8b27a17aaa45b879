import { expect, test } from 'vitest'
import { curveOf, curveOutdoor, flowFor, roomShift } from './heat-curve.ts'

test('slope 1 gives the curve of the maker', () => {
  expect(curveOf(1)).toEqual([75, 60, 50, 45, 40, 28])
  expect(curveOutdoor.map((outdoor) => flowFor(curveOf(1), outdoor))).toEqual([75, 60, 50, 45, 40, 28])
})

test('between two points the curve is straight, below the coldest it is flat, above the warmest all curves meet', () => {
  const curve = curveOf(1)
  expect(flowFor(curve, -10)).toBe(55)
  expect(flowFor(curve, 10)).toBe(34)
  expect(flowFor(curve, -40)).toBe(75)
  for (const slope of [0.1, 1, 2.5, 4]) {
    expect(flowFor(curveOf(slope), 20)).toBeCloseTo(24.6)
    expect(flowFor(curveOf(slope), 35)).toBeCloseTo(24.6)
  }
})

test('a steeper slope asks for more at every temperature below 20 °C', () => {
  for (const outdoor of [-25, -5, 0, 5, 12]) {
    const flows = [0.6, 1, 1.4, 2].map((slope) => flowFor(curveOf(slope), outdoor))
    expect(flows).toEqual(flows.toSorted((a, b) => a - b))
    expect(new Set(flows).size).toBe(4)
  }
})

test('a warmer room shifts the curve by two and a half times the slope for each K', () => {
  expect(roomShift(22, 1.2)).toBeCloseTo(6)
  expect(roomShift(17, 1)).toBeCloseTo(-7.5)
})
