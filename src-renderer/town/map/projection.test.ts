import { expect, test } from 'vitest'
import { boxOf, lengthOf, projectionOf } from './projection.ts'

test('a place north is up, a place east is right, and both in metres', () => {
  const project = projectionOf([
    [55.6, 12.9],
    [55.62, 12.94],
  ])
  const [x, y] = project([55.62, 12.94])
  expect(y).toBeCloseTo(-0.01 * 111_320, 3)
  expect(x).toBeCloseTo(0.02 * 111_320 * Math.cos((55.61 * Math.PI) / 180), 3)
  const [midX, midY] = project([55.61, 12.92])
  expect(midX).toBeCloseTo(0, 6)
  expect(midY).toBeCloseTo(0, 6)
})

test('the box holds all spots, and there is one without any', () => {
  expect(
    boxOf([
      [1, 5],
      [-3, 2],
    ]),
  ).toEqual({ left: -3, top: 2, right: 1, bottom: 5 })
  expect(boxOf([]).right).toBeGreaterThan(boxOf([]).left)
})

test('the length of a line is the sum of its parts', () => {
  expect(
    lengthOf([
      [0, 0],
      [3, 4],
      [3, 10],
    ]),
  ).toBe(11)
  expect(lengthOf([[0, 0]])).toBe(0)
})
