import { describe, expect, test } from 'vitest'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import { localTime } from './local-time.ts'
import { chance, wave } from './noise.ts'
import { weather } from './weather.ts'

const hour = 3_600_000
const day = 24 * hour
const outdoor = weather(coastalClimate, localTime(coastalClimate.timeZone))
const range = (from: number, to: number, step: number) => Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step)
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('the weather', () => {
  test('is the same each time it is asked, and another for another seed', () => {
    const again = weather({ ...coastalClimate }, localTime(coastalClimate.timeZone))
    const other = weather({ ...coastalClimate, seed: 2 }, localTime(coastalClimate.timeZone))
    const times = range(Date.UTC(2025, 0, 1), Date.UTC(2025, 1, 1), 7 * hour)
    expect(times.map(again)).toEqual(times.map(outdoor))
    expect(times.map(other)).not.toEqual(times.map(outdoor))
  })

  test('has cold winters, mild summers and a mean near that of its climate', () => {
    const mean = (from: number, to: number) => average(range(from, to, 3 * hour).map(outdoor))
    expect(Math.abs(mean(Date.UTC(2021, 0, 1), Date.UTC(2026, 0, 1)) - coastalClimate.mean)).toBeLessThan(1)
    for (const year of [2021, 2023, 2025]) {
      expect(mean(Date.UTC(year, 0, 10), Date.UTC(year, 1, 10))).toBeLessThan(4)
      expect(mean(Date.UTC(year, 6, 10), Date.UTC(year, 7, 10))).toBeGreaterThan(12)
    }
  })

  test('is warmer in the afternoon than at night, more so in summer', () => {
    const swing = (month: number) => {
      const days = range(Date.UTC(2025, month, 1), Date.UTC(2025, month, 29), day)
      return average(days.map((at) => outdoor(at + 14 * hour) - outdoor(at + 2 * hour)))
    }
    expect(swing(0)).toBeGreaterThan(0.3)
    expect(swing(6)).toBeGreaterThan(swing(0) + 2)
  })

  test('moves smoothly, also through the nights when clocks change', () => {
    for (const from of [Date.UTC(2025, 2, 29), Date.UTC(2025, 9, 25), Date.UTC(2024, 11, 31)]) {
      const times = range(from, from + 2 * day, 60_000)
      const steps = times.map((at) => Math.abs(outdoor(at + 60_000) - outdoor(at)))
      expect(Math.max(...steps)).toBeLessThan(0.018)
    }
  })

  test('has fronts: days that lie well off what the season would have', () => {
    const days = range(Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1), day).map((at) => average(range(at, at + day, 3 * hour).map(outdoor)))
    const off = days.slice(15, -15).map((value, i) => Math.abs(value - average(days.slice(i, i + 31))))
    expect(Math.max(...off)).toBeGreaterThan(4)
  })
})

describe('noise', () => {
  test('chance is even over its range and differs by seed', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => chance(3, i))
    expect(average(values)).toBeCloseTo(0.5, 1)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    expect(values.filter((value, i) => Math.abs(value - chance(4, i)) < 0.01).length).toBeLessThan(800)
  })

  test('a wave stays within 1, is smooth, and goes on before 1970', () => {
    for (const from of [-1e11, 0, 1.7e12]) {
      const values = range(from, from + 1e6, 500).map((at) => wave(9, at, 60_000))
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1)
      expect(Math.max(...values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0))))).toBeLessThan(0.1)
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(1)
    }
  })
})
