import { expect, test } from 'vitest'
import type { Town } from '../town.ts'
import { lengthOf } from './projection.ts'
import { planOf, spotsAlong } from './plan.ts'

const node = (id: string, parent: number, at: [number, number], via: [number, number][] = []) => ({
  id,
  parent,
  at,
  via,
  length: 1,
  diameter: 0.2,
})
const town: Town = {
  name: 'T',
  about: '',
  source: '',
  zones: [],
  streets: [],
  plant: { name: 'P', place: '', at: [50, 14] },
  nodes: [node('a', -1, [50.001, 14]), node('b', 0, [50.001, 14.002], [[50.002, 14.001]])],
  stations: [],
}

test('each pipe runs from its parent over its bends to its node', () => {
  const { plant, pipes } = planOf(town)
  expect(pipes[0]?.line[0]).toEqual(plant)
  expect(pipes[1]?.line[0]).toEqual(pipes[0]?.line.at(-1))
  expect(pipes[1]?.line).toHaveLength(3)
  expect(lengthOf(pipes[0]?.line ?? [])).toBeCloseTo(111.3, 1)
  expect(pipes[0]?.area).toBeCloseTo(Math.PI / 100, 6)
})

test('spots along a line are near enough to each other and end where it ends', () => {
  const spots = spotsAlong(
    [
      [0, 0],
      [10, 0],
      [10, 1],
    ],
    4,
  )
  expect(spots.at(-1)).toEqual([10, 1])
  for (const [i, [x, y]] of spots.entries()) {
    const [px, py] = spots[i - 1] ?? [0, 0]
    expect(Math.hypot(x - px, y - py)).toBeLessThanOrEqual(4)
  }
})
