import { describe, expect, test } from 'vitest'
import { cleanIndex } from './clean.ts'
import { consumptionOf, type Exchange } from './consumption.ts'

const hour = 3_600_000
const hourly = (...values: number[]) => values.map((value, i) => ({ at: i * hour, value }))
const used = (values: number[], exchanges: Exchange[] = [], from = 0, to = (values.length - 1) * hour) =>
  consumptionOf(hourly(...values), exchanges, { from, to })

describe('consumption', () => {
  test('is the difference of two indexes', () => {
    expect(used([100, 101, 103, 106])).toEqual({
      value: 6,
      from: 0,
      to: 3 * hour,
      complete: true,
      exchanges: 0,
      resets: 0,
      stray: 0,
    })
  })

  test('begins with the last sample before the range and never takes one after it', () => {
    expect(used([100, 101, 103, 106, 110], [], 1.5 * hour, 3.5 * hour)).toMatchObject({
      value: 5,
      from: hour,
      to: 3 * hour,
      complete: true,
    })
  })

  test('is not known from one sample, and not from none', () => {
    expect(used([100])).toMatchObject({ value: null, from: 0, to: 0 })
    expect(used([])).toMatchObject({ value: null, from: null, complete: false })
  })

  test('is not complete when the samples begin or end inside the range', () => {
    expect(used([100, 101], [], -hour, hour)).toMatchObject({ value: 1, complete: false })
    expect(used([100, 101], [], 0, 5 * hour)).toMatchObject({ value: 1, complete: false })
  })

  test('of parts adds up to that of the whole', () => {
    const values = [10, 12, 15, 900, 16, 18, 3, 5, 9]
    const exchanges = [{ at: 5.5 * hour, final: 20, first: 2 }]
    const whole = used(values, exchanges)
    for (let cut = 1; cut < 8; cut++) {
      const parts = [used(values, exchanges, 0, cut * hour), used(values, exchanges, cut * hour, 8 * hour)]
      expect(parts.reduce((sum, part) => sum + (part.value ?? 0), 0)).toBe(whole.value)
    }
    expect(whole).toMatchObject({ value: 17, exchanges: 1, stray: 1, complete: true })
  })
})

describe('a meter that was replaced', () => {
  test('goes on from the final index of the old to the first of the new', () => {
    expect(used([100, 104, 2, 5], [{ at: 1.5 * hour, final: 106, first: 1 }])).toMatchObject({ value: 10, exchanges: 1, complete: true })
  })

  test('by one that has counted elsewhere does not double anything', () => {
    expect(used([100, 104, 5000, 5003], [{ at: 1.5 * hour, final: 105, first: 4999 }])).toMatchObject({ value: 9, complete: true })
  })

  test('without indexes leaves out what nobody knows and says so', () => {
    for (const exchange of [
      { at: 1.5 * hour, final: null, first: null },
      { at: 1.5 * hour, final: 106, first: null },
    ]) {
      expect(used([100, 104, 5000, 5003], [exchange])).toMatchObject({ value: 7, exchanges: 1, complete: false })
    }
  })

  test('twice between two samples counts the meter in between', () => {
    const exchanges = [
      { at: 1.2 * hour, final: 105, first: 0 },
      { at: 1.8 * hour, final: 3, first: 50 },
    ]
    expect(used([100, 104, 51], exchanges)).toMatchObject({ value: 9, exchanges: 2, complete: true })
  })

  test('with a final index below what was seen takes nothing back', () => {
    expect(used([100, 104, 2], [{ at: 1.5 * hour, final: 90, first: 2 }]).value).toBe(4)
  })

  test('before the range or after it changes nothing', () => {
    const exchanges = [{ at: 0.5 * hour, final: 101, first: 0 }]
    expect(used([100, 1, 4], exchanges, hour, 2 * hour)).toMatchObject({ value: 3, exchanges: 0, complete: true })
    expect(used([100, 104, 108], [{ at: 9 * hour, final: 200, first: 0 }])).toMatchObject({ value: 8, exchanges: 0 })
  })
})

describe('a register that goes back', () => {
  test('for good was reset, and counts on without a negative or a giant figure', () => {
    expect(used([100, 104, 0, 1, 2, 3, 4, 5])).toMatchObject({ value: 9, resets: 1, complete: false })
  })

  test('for a moment was misread: nothing is counted twice', () => {
    expect(used([100, 101, 0, 102, 103])).toMatchObject({ value: 3, resets: 0, stray: 1, complete: true })
    expect(used([100, 101, 0, 0, 7, 102])).toMatchObject({ value: 2, stray: 3 })
  })

  test('after a moment of far too much was misread too', () => {
    expect(used([100, 101, 99_999_999, 102, 103])).toMatchObject({ value: 3, resets: 0, stray: 1 })
  })

  test('is left out where it is no number', () => {
    expect(cleanIndex(hourly(1, Number.NaN, -5, Number.POSITIVE_INFINITY, 2))).toMatchObject({ stray: 3, resets: [] })
  })
})

test('a year of stray values and exchanges comes to exactly what was used', () => {
  let seed = 7
  const roll = (below: number) => {
    seed = (seed * 1664525 + 1013904223) % 4294967296
    return Math.floor((seed / 4294967296) * below)
  }
  for (let round = 0; round < 500; round++) {
    let [index, counted] = [roll(1000), 0]
    const exchanges: Exchange[] = []
    const values = [index]
    for (let i = 1; i < 100; i++) {
      const more = roll(5)
      index += more
      counted += more
      if (i % 10 === 0 && roll(2) === 0) {
        const first = roll(3000)
        exchanges.push({ at: (i - 0.5) * hour, final: index, first })
        index = first
      }
      values.push(i % 10 === 5 ? (roll(2) === 0 ? 0 : 1e6) : index)
    }
    expect(used(values, exchanges)).toMatchObject({ value: counted, complete: true, exchanges: exchanges.length })
  }
})
