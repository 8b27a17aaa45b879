import { expect, test } from 'vitest'
import { colorOf, niceCeiling, radiusOf, returnClass, returnClasses, spanOf, widthOf } from './scales.ts'

test.each([
  [12, 0],
  [29.9, 0],
  [30, 1],
  [44.9, 3],
  [45, 4],
  [50, 5],
  [90, 5],
])('a return of %d °C is in class %d', (value, index) => {
  expect(returnClass(value).index).toBe(index)
  expect(returnClasses[index]).toEqual(returnClass(value))
})

test('a scale begins and ends with its own colours and stays there beyond', () => {
  const span = spanOf('supply', [])
  expect(colorOf('supply', 'light', 55, span)).toBe('#f2b36b')
  expect(colorOf('supply', 'light', 95, span)).toBe('#86102c')
  expect(colorOf('supply', 'light', -20, span)).toBe('#f2b36b')
  expect(colorOf('supply', 'light', 140, span)).toBe('#86102c')
})

test('between two colours lies their mixture', () => {
  expect(colorOf('supply', 'light', 55 + 40 / 6, spanOf('supply', []))).toBe('#ed9453')
})

test.each([
  [0, 1],
  [0.7, 1],
  [1, 1],
  [1.01, 2],
  [3, 5],
  [7, 10],
  [42, 50],
])('the scale for %d ends at %d', (value, end) => {
  expect(niceCeiling(value)).toBe(end)
})

test('temperatures keep their scale whatever is measured; flow and pressure follow what there is', () => {
  expect(spanOf('return', [99])).toEqual(spanOf('return', [10]))
  expect(spanOf('flow', [3, 17])).toEqual([0, 20])
  expect(spanOf('dp', [])).toEqual([0, 1])
})

test('width and radius grow with what they tell and have bounds', () => {
  expect(widthOf(0, 10)).toBeLessThan(widthOf(1, 10))
  expect(widthOf(99, 10)).toBe(widthOf(10, 10))
  expect(widthOf(-1, 0)).toBe(widthOf(0, 10))
  expect(radiusOf(0, 0)).toBe(5)
  expect(radiusOf(100, 100)).toBe(12)
})
