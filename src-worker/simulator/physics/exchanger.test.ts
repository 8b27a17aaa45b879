import { expect, test } from 'vitest'
import { effectiveness, opening, positionFor, transferAt } from './exchanger.ts'

test('a counterflow exchanger gives what the NTU method says', () => {
  // Incropera, fundamentals of heat transfer: NTU 2, ratio 0.5 gives 0.77.
  expect(effectiveness(2, 0.5)).toBeCloseTo(0.7746, 3)
  expect(effectiveness(3, 1)).toBeCloseTo(0.75, 6)
  expect(effectiveness(3, 0.9999)).toBeCloseTo(effectiveness(3, 0.9989), 3)
  expect(effectiveness(50, 0.2)).toBeCloseTo(1, 6)
})

test('both films slow with their flow, and design is design', () => {
  expect(transferAt(1000, 1, 1)).toBe(1000)
  expect(transferAt(1000, 0.1, 1)).toBeLessThan(400)
  expect(transferAt(1000, 0.1, 0.1 ** 0.7)).toBeCloseTo(1000 * 0.1 ** 0.7, 6)
})

test('a valve is shut at 0, open at 1 and multiplies its flow with each part of its travel', () => {
  expect(opening(0)).toBeCloseTo(0, 3)
  expect(opening(1)).toBe(1)
  expect(opening(0.8) / opening(0.6)).toBeCloseTo(50 ** 0.2, 0)
})

test('a position is found for each opening', () => {
  for (const position of [0, 0.001, 0.05, 0.3, 0.77, 1]) expect(positionFor(opening(position))).toBeCloseTo(position, 9)
  expect([positionFor(-1), positionFor(2)]).toEqual([0, 1])
})
