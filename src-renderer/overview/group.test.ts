import { expect, test } from 'vitest'
import { deviationOf, groupOf, levelOf } from './group.ts'

test('the median and the spread are not moved by a few values that are far off', () => {
  const calm = [50, 51, 49, 52, 48, 50.5, 49.5]
  const group = groupOf(calm, 0.1)
  expect(group).toMatchObject({ count: 7, min: 48, median: 50, max: 52 })
  expect(group?.spread).toBeCloseTo(1.4826)
  const withBroken = groupOf([...calm, 120, -40], 0.1)
  expect(withBroken?.median).toBe(50)
  expect(withBroken?.spread ?? 99).toBeLessThan(2 * (group?.spread ?? 0))
})

test('how far a value lies off is counted in spreads, with its sign', () => {
  const group = groupOf([48, 49, 50, 51, 52], 0.1)
  expect(deviationOf(50, group)).toBe(0)
  expect(deviationOf(50 + 3 * 1.4826, group)).toBeCloseTo(3)
  expect(deviationOf(50 - 4 * 1.4826, group)).toBeCloseTo(-4)
})

test('fewer than five values say nothing about what is usual', () => {
  expect(deviationOf(90, groupOf([50, 50, 50, 50], 0.1))).toBeNull()
  expect(deviationOf(90, groupOf([50, 50, 50, 50, 50], 0.1))).not.toBeNull()
  expect(deviationOf(90, null)).toBeNull()
  expect(groupOf([], 0.1)).toBeNull()
})

test('where most values are the same, the smallest shown step is the measure', () => {
  const group = groupOf([50, 50, 50, 50, 50, 50, 60], 0.1)
  expect(group?.spread).toBe(0.1)
  expect(deviationOf(50.1, group)).toBeCloseTo(1)
  expect(levelOf(deviationOf(60, group))).toBe('far above')
})

test('where just more than half are the same, the middle half is the measure', () => {
  expect(groupOf([50, 50, 50, 50, 60, 61, 62], 0.1)?.spread).toBeCloseTo(10.5 / 1.349)
})

test.each([
  [null, null],
  [0, 'usual'],
  [1.99, 'usual'],
  [2, 'above'],
  [3.5, 'far above'],
  [-2, 'below'],
  [-3.4, 'below'],
  [-9, 'far below'],
] as const)('a deviation of %s is %s', (deviation, level) => {
  expect(levelOf(deviation)).toBe(level)
})
