import { expect, test } from 'vitest'
import { besideOf, pathOf } from './lines.ts'

const rounded = (line: readonly (readonly [number, number])[]) =>
  line.map(([x, y]) => [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000])

test('a line beside a straight one keeps its distance', () => {
  const line = [
    [0, 0],
    [10, 0],
    [20, 0],
  ] as const
  expect(rounded(besideOf(line, 2))).toEqual([
    [0, 2],
    [10, 2],
    [20, 2],
  ])
  expect(rounded(besideOf(line, -2))).toEqual([
    [0, -2],
    [10, -2],
    [20, -2],
  ])
})

test('at a corner the line beside meets in the corner of its own', () => {
  expect(
    rounded(
      besideOf(
        [
          [0, 0],
          [10, 0],
          [10, 10],
        ],
        2,
      ),
    ),
  ).toEqual([
    [0, 2],
    [8, 2],
    [8, 10],
  ])
})

test('a line that turns back or stands still gives no endless spot', () => {
  for (const line of [
    [
      [0, 0],
      [10, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 0],
      [5, 0],
    ],
    [[3, 3]],
    [],
  ] as [number, number][][])
    for (const [x, y] of besideOf(line, 3)) expect(Math.hypot(x, y)).toBeLessThan(20)
})

test('a path names its spots in order', () => {
  expect(
    pathOf([
      [0, 0],
      [1.26, -2],
    ]),
  ).toBe('M0.0 0.0L1.3 -2.0')
})
