import { describe, expect, test } from 'vitest'
import { createDice } from './dice.ts'
import { habitAt } from './habit.ts'
import { houseOf } from './house.ts'
import { tapFlow, tapsAfter } from './taps.ts'

const dice = (seed: number) => createDice(Float64Array.of(seed))

describe('dice', () => {
  test('throw the same for the same seed, evenly', () => {
    const [one, two] = [dice(7), dice(7)]
    const throws = Array.from({ length: 10_000 }, () => one.roll(0))
    expect(throws).toEqual(Array.from({ length: 10_000 }, () => two.roll(0)))
    expect(throws.reduce((sum, value) => sum + value, 0) / throws.length).toBeCloseTo(0.5, 1)
    expect(throws.every((value) => value >= 0 && value < 1)).toBe(true)
  })

  test('count as many events as are expected, spread as such events are', () => {
    const one = dice(3)
    const counts = Array.from({ length: 20_000 }, () => one.count(0, 2.5))
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length
    expect(mean).toBeGreaterThan(2.4)
    expect(mean).toBeLessThan(2.6)
    const spread = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length
    expect(spread).toBeGreaterThan(2.3)
    expect(spread).toBeLessThan(2.7)
  })
})

test.each([2, 5, 60])('a flat draws some 155 l a day in steps of %i s', (step) => {
  const house = houseOf({ name: 'A', seed: 4, flats: 20 })
  const one = dice(9)
  let open = 0
  let litres = 0
  for (let at = 0; at < 5 * 86_400; at += step) {
    open = tapsAfter(open, house, 0, one, habitAt(at * 1000), step)
    litres += open * tapFlow * step
  }
  const each = litres / 20 / 5
  expect(each).toBeGreaterThan(140)
  expect(each).toBeLessThan(172)
})

test('people draw least at night and most when they rise, 1 in the mean', () => {
  const hour = 3_600_000
  const day = Array.from({ length: 96 }, (_, i) => habitAt((i * hour) / 4))
  expect(day.reduce((sum, share) => sum + share, 0) / 96).toBeCloseTo(1, 2)
  expect(habitAt(7.5 * hour)).toBeGreaterThan(2)
  expect(habitAt(3 * hour)).toBeLessThan(0.2)
})

test('houses are drawn by their seed: the same again, others otherwise, as large as told', () => {
  expect(houseOf({ name: 'A', seed: 5 })).toEqual(houseOf({ name: 'B', seed: 5 }))
  expect(houseOf({ name: 'A', seed: 5 })).not.toEqual(houseOf({ name: 'A', seed: 6 }))
  expect(houseOf({ name: 'A', seed: 5, flats: 40 })).toMatchObject({ flats: 40, area: 3_000 })
  const small = Array.from({ length: 400 }, (_, seed) => houseOf({ name: '', seed }).flats).toSorted((a, b) => a - b)
  expect(small[200]).toBeGreaterThan(6)
  expect(small[200]).toBeLessThan(12)
})
