import { expect, test } from 'vitest'
import { neighbour } from './neighbour.ts'

const cross = [
  [0, 0],
  [10, 0],
  [-10, 1],
  [0, -10],
  [0, 10],
  [30, 0],
] as const

test('an arrow key leads to the nearest station on its side', () => {
  expect(neighbour(cross, 0, 'right')).toBe(1)
  expect(neighbour(cross, 0, 'left')).toBe(2)
  expect(neighbour(cross, 0, 'up')).toBe(3)
  expect(neighbour(cross, 0, 'down')).toBe(4)
  expect(neighbour(cross, 1, 'right')).toBe(5)
})

test('at the edge it leads nowhere; without a start it begins with the first', () => {
  expect(neighbour(cross, 5, 'right')).toBeNull()
  expect(neighbour(cross, -1, 'up')).toBe(0)
  expect(neighbour([], -1, 'up')).toBeNull()
})
