import { describe, expect, it } from 'vitest'
import { reduce, type Samples } from './reduce.ts'

const quarter = 900_000
const start = Date.UTC(2026, 0, 1)

function samples(rows: readonly (readonly [at: number, value: number, quality?: number])[]): Samples {
  return {
    at: Float64Array.from(rows, ([at]) => at),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: Uint8Array.from(rows, ([, , quality]) => quality ?? 0),
  }
}

function regular(count: number, value: (i: number) => number, step = quarter): Samples {
  return samples(Array.from({ length: count }, (_, i) => [start + i * step, value(i)]))
}

describe('a line that fits', () => {
  it('stays as it is, without smallest and largest', () => {
    const line = reduce(
      7,
      regular(50, (i) => i / 10),
      50,
    )
    expect(line).toMatchObject({ series: 7, stored: 50, min: null, max: null })
    expect([...line.at]).toEqual(Array.from({ length: 50 }, (_, i) => start + i * quarter))
    expect([...line.value]).toEqual(Array.from({ length: 50 }, (_, i) => i / 10))
  })

  it('keeps absent values with their quality and adds none beside them', () => {
    const line = reduce(
      1,
      samples([
        [start, 1],
        [start + quarter, Number.NaN, 1],
        [start + 2 * quarter, 3],
      ]),
      100,
    )
    expect([...line.value]).toEqual([1, Number.NaN, 3])
    expect([...line.quality]).toEqual([0, 1, 0])
  })

  it('breaks with one NaN row where samples are missing, at the time of the first missing one', () => {
    const all = regular(20, (i) => i)
    const kept = [0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 17]
    const line = reduce(1, samples(kept.map((i) => [all.at[i] as number, i])), 100)
    expect(line.stored).toBe(kept.length)
    expect([...line.value]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, Number.NaN, 12, 13, 14, 15, 16, 17])
    expect(line.at[8]).toBe(start + 8 * quarter)
    expect(line.quality[8]).toBe(2)
  })

  it('takes one or two missing samples for jitter only up to two and a half distances', () => {
    const two = (skip: number) =>
      reduce(1, samples([0, 1, 2, 3, 4, 4 + skip, 5 + skip, 6 + skip].map((i) => [start + i * quarter, i])), 100)
    expect([...two(2.5).value].some(Number.isNaN)).toBe(false)
    expect([...two(2.6).value].filter(Number.isNaN)).toHaveLength(1)
  })

  it('does not break where the interval changes from ten seconds to a quarter hour', () => {
    const fast = Array.from({ length: 30 }, (_, i) => [start + i * 10_000, i] as const)
    const slow = Array.from({ length: 30 }, (_, i) => [start + 300_000 + (i + 1) * quarter, i] as const)
    expect([...reduce(1, samples([...fast, ...slow]), 100).value].some(Number.isNaN)).toBe(false)
  })

  it('answers no rows for no samples and one row for one', () => {
    expect(reduce(1, samples([]), 50)).toMatchObject({ stored: 0, at: new Float64Array(0) })
    expect([...reduce(1, samples([[start, 5]]), 50).value]).toEqual([5])
  })
})

describe('a line that is reduced', () => {
  it('has about width rows, and first and last sample as they are', () => {
    const line = reduce(
      1,
      regular(35_040, (i) => Math.sin(i / 100) * 40 + 50),
      1500,
    )
    expect(line.stored).toBe(35_040)
    expect(line.at.length).toBeGreaterThan(1400)
    expect(line.at.length).toBeLessThanOrEqual(1502)
    expect([line.at[0], line.at.at(-1)]).toEqual([start, start + 35_039 * quarter])
    expect([line.value[0], line.value.at(-1)]).toEqual([50, Math.sin(350.39) * 40 + 50])
  })

  it('never hides a peak: every sample lies within the bounds of a row', () => {
    const line = reduce(
      1,
      regular(10_000, (i) => (i === 4321 ? 500 : i === 4322 ? -500 : 20)),
      100,
    )
    expect(Math.max(...(line.max ?? []))).toBe(500)
    expect(Math.min(...(line.min ?? []))).toBe(-500)
  })

  it('gives the mean of each bucket', () => {
    const line = reduce(
      1,
      regular(1001, (i) => i % 2, 1000),
      100,
    )
    const middle = [...line.value].slice(1, -1)
    for (const mean of middle) expect(Math.abs(mean - 0.5)).toBeLessThan(0.06)
  })

  it('has strictly rising times', () => {
    const line = reduce(
      1,
      samples(Array.from({ length: 5000 }, (_, i) => [start + i * 1000 + (i % 977 === 0 ? 0 : (i * 7919) % 500), i])),
      300,
    )
    for (let i = 1; i < line.at.length; i++) expect(line.at[i] as number).toBeGreaterThan(line.at[i - 1] as number)
  })

  it('keeps a hole that spans buckets as one row with NaN', () => {
    const all = regular(10_000, (i) => i)
    const kept = [...Array(4000).keys(), ...Array.from({ length: 4000 }, (_, i) => i + 6000)]
    const line = reduce(1, samples(kept.map((i) => [all.at[i] as number, i])), 200)
    const breaks = [...line.value.keys()].filter((i) => Number.isNaN(line.value[i]))
    expect(breaks).toHaveLength(1)
    expect(line.at[breaks[0] as number]).toBe(start + 4000 * quarter)
    expect(Number.isNaN(line.min?.[breaks[0] as number])).toBe(true)
  })

  it('keeps a hole that is shorter than a bucket, without mixing what is on its two sides', () => {
    const kept = [...Array(505).keys(), ...Array.from({ length: 490 }, (_, i) => i + 510)]
    const line = reduce(1, samples(kept.map((i) => [start + i * quarter, i < 505 ? 1 : 9])), 50)
    expect([...line.value].filter(Number.isNaN)).toHaveLength(1)
    expect([...line.value].filter((value) => !Number.isNaN(value) && value !== 1 && value !== 9)).toEqual([])
  })

  it('keeps absent values as a break with their quality', () => {
    const line = reduce(
      1,
      samples(
        Array.from({ length: 5000 }, (_, i) => (i >= 2000 && i < 2100 ? [start + i * quarter, Number.NaN, 1] : [start + i * quarter, 1])),
      ),
      100,
    )
    const absent = [...line.value.keys()].filter((i) => Number.isNaN(line.value[i]))
    expect(absent.length).toBeGreaterThanOrEqual(1)
    expect(absent.length).toBeLessThanOrEqual(4)
    expect(absent.map((i) => line.quality[i])).toEqual(absent.map(() => 1))
  })

  it('shows the worst quality of a bucket: a fault before a value from the log, anything before good', () => {
    const quality = new Map([
      [2500, 6],
      [2501, 1],
      [4000, 4],
    ])
    const line = reduce(1, samples(Array.from({ length: 5000 }, (_, i) => [start + i * quarter, 1, quality.get(i) ?? 0])), 50)
    expect([...line.quality].filter((q) => q !== 0)).toEqual([1, 4])
  })

  it('stays bounded when every second sample is absent', () => {
    const line = reduce(
      1,
      regular(20_000, (i) => (i % 2 ? Number.NaN : i)),
      100,
    )
    expect(line.at.length).toBeLessThanOrEqual(3 * 100 + 2)
  })
})
