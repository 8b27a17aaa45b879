import { describe, expect, test } from 'vitest'
import { consumedBetween } from './consumed.ts'
import { hourMs, plainRules, registerOf, type Exchange, type RegisterRules } from './register.ts'
import { walkRegister } from './walk.ts'

const hourly = (...values: number[]) =>
  registerOf(
    Float64Array.from(values, (_, i) => i * hourMs),
    Float64Array.from(values),
    2 * hourMs,
  )
const walk = (values: number[], exchanges: Exchange[] = [], rules: Partial<RegisterRules> = {}) =>
  walkRegister(hourly(...values), exchanges, { ...plainRules, ...rules })
const used = (
  values: number[],
  exchanges: Exchange[] = [],
  from = 0,
  to = (values.length - 1) * hourMs,
  rules: Partial<RegisterRules> = {},
) => consumedBetween(walk(values, exchanges, rules), [from, to])[0]
const kinds = (values: number[], rules: Partial<RegisterRules> = {}) => walk(values, [], rules).events.map(({ kind }) => kind)

describe('consumption', () => {
  test('is the difference of two indexes', () => {
    expect(used([100, 101, 103, 106])).toEqual({
      value: 6,
      interpolated: 0,
      valid: 1,
      from: 0,
      to: 3 * hourMs,
      complete: true,
      exchanges: 0,
      resets: 0,
      stray: 0,
    })
  })

  test('is shared out by time where an end lies between two readings', () => {
    expect(used([100, 101, 103, 106, 110], [], 1.5 * hourMs, 3.5 * hourMs)).toMatchObject({ value: 6, complete: true, valid: 1 })
  })

  test('is not known from one reading, and not from none', () => {
    expect(used([100])).toMatchObject({ value: null, from: 0, to: 0 })
    expect(used([])).toMatchObject({ value: null, from: null, complete: false })
  })

  test('is not complete when the readings begin or end inside the time', () => {
    expect(used([100, 101], [], -hourMs, hourMs)).toMatchObject({ value: 1, complete: false, valid: 0.5 })
    expect(used([100, 101], [], 0, 5 * hourMs)).toMatchObject({ value: 1, complete: false, valid: 0.2 })
  })

  test('of a time without readings is spread evenly, and said to be', () => {
    const gap = [100, 101, Number.NaN, Number.NaN, Number.NaN, 109, 110]
    const parts = consumedBetween(
      walk(gap),
      [0, 1, 2, 3, 4, 5, 6].map((hour) => hour * hourMs),
    )
    expect(parts.map(({ value }) => value)).toEqual([1, 2, 2, 2, 2, 1])
    expect(parts.map(({ interpolated }) => interpolated)).toEqual([0, 2, 2, 2, 2, 0])
    expect(parts.map(({ valid }) => valid)).toEqual([1, 0, 0, 0, 0, 1])
    expect(used(gap)).toMatchObject({ value: 10, interpolated: 8, valid: 1 / 3, complete: true, stray: 3 })
  })

  test('of parts adds up to that of the whole', () => {
    const values = [10, 12, 15, 900, 16, 18, 3, 5, 9]
    const exchanges = [{ at: 5.5 * hourMs, final: 20, first: 2 }]
    const whole = used(values, exchanges)
    for (let cut = 1; cut < 8; cut++) {
      const parts = [used(values, exchanges, 0, cut * hourMs), used(values, exchanges, cut * hourMs, 8 * hourMs)]
      expect(parts.reduce((sum, part) => sum + (part?.value ?? 0), 0)).toBeCloseTo(whole?.value ?? 0, 9)
    }
    expect(whole).toMatchObject({ value: 17, exchanges: 1, stray: 1, complete: true })
  })

  test('is exact to the last digit of the register', () => {
    const values = [5347.61445783133, 5350.73684210526, 0, 5353.58904109589]
    expect(used(values)?.value).toBe(5353.58904109589 - 5347.61445783133)
  })
})

describe('a meter that was replaced', () => {
  test('goes on from the final index of the old to the first of the new', () => {
    expect(used([100, 104, 2, 5], [{ at: 1.5 * hourMs, final: 106, first: 1 }])).toMatchObject({ value: 10, exchanges: 1, complete: true })
  })

  test('by one that has counted elsewhere does not double anything', () => {
    expect(used([100, 104, 5000, 5003], [{ at: 1.5 * hourMs, final: 105, first: 4999 }])).toMatchObject({ value: 9, complete: true })
  })

  test('without indexes leaves out what nobody knows and says so', () => {
    for (const exchange of [
      { at: 1.5 * hourMs, final: null, first: null },
      { at: 1.5 * hourMs, final: 106, first: null },
    ]) {
      expect(used([100, 104, 5000, 5003], [exchange])).toMatchObject({ value: 7, exchanges: 1, complete: false })
    }
  })

  test('twice between two readings counts the meter in between', () => {
    const exchanges = [
      { at: 1.2 * hourMs, final: 105, first: 0 },
      { at: 1.8 * hourMs, final: 3, first: 50 },
    ]
    expect(used([100, 104, 51], exchanges)).toMatchObject({ value: 9, exchanges: 2, complete: true })
  })

  test('with a final index below what was seen takes nothing back', () => {
    expect(used([100, 104, 2], [{ at: 1.5 * hourMs, final: 90, first: 2 }])?.value).toBe(4)
  })

  test('before the time or after it changes nothing', () => {
    const exchanges = [{ at: 0.5 * hourMs, final: 101, first: 0 }]
    expect(used([100, 1, 4], exchanges, hourMs, 2 * hourMs)).toMatchObject({ value: 3, exchanges: 0, complete: true })
    expect(used([100, 104, 108], [{ at: 9 * hourMs, final: 200, first: 0 }])).toMatchObject({ value: 8, exchanges: 0 })
  })
})

describe('a register that goes back', () => {
  test('for good was reset, and counts on without a negative or a giant figure', () => {
    expect(used([100, 104, 0, 1, 2, 3, 4, 5])).toMatchObject({ value: 9, resets: 1, complete: false })
    expect(kinds([100, 104, 2, 3, 4, 5, 6])).toEqual(['reset'])
  })

  test('to a value that is no beginning was set to it by somebody', () => {
    expect(kinds([100, 104, 60, 61, 62, 63, 64])).toEqual(['backwards'])
    expect(kinds([100, 104, 6, 7, 8, 9, 10])).toEqual(['backwards'])
  })

  test('for a moment was misread: nothing is counted twice', () => {
    expect(used([100, 101, 0, 102, 103])).toMatchObject({ value: 3, resets: 0, stray: 1, complete: true })
    expect(used([100, 101, 0, 0, 7, 102])).toMatchObject({ value: 2, stray: 3 })
  })

  test('to 0 for as long as it likes has dropped out', () => {
    const values = [100, 101, ...Array.from({ length: 40 }, () => 0), 110]
    expect(used(values)).toMatchObject({ value: 10, resets: 0, stray: 40 })
    expect(kinds(values)).toEqual(['dropOut'])
  })

  test('after a moment of far too much was misread too', () => {
    expect(used([100, 101, 99_999_999, 102, 103])).toMatchObject({ value: 3, resets: 0, stray: 1 })
  })

  test('by less than two of its steps only trembles', () => {
    expect(used([100, 101, 100, 102], [], 0, 3 * hourMs, { resolution: 1 })).toMatchObject({ value: 2, stray: 1 })
    expect(kinds([100, 101, 100, 102], { resolution: 1 })).toEqual(['jitter'])
  })

  test('after its highest number began anew', () => {
    const rules = { mostPerHour: 10 }
    expect(used([99_990, 99_996, 3, 9], [], 0, 3 * hourMs, rules)).toMatchObject({ value: 19, resets: 0, complete: true })
    expect(kinds([99_990, 99_996, 3, 9], rules)).toEqual(['rollover'])
    // The same far below the highest number is a reset, and so is one that would mean too much heat.
    expect(kinds([89_990, 89_996, 3, 9], rules)).toEqual(['reset'])
    expect(kinds([95_100, 95_106, 2000, 2006, 2012, 2018, 2024], rules)).toEqual(['reset'])
  })
})

describe('a register that goes up by more than can be', () => {
  test('has jumped: what lies in between is nobody’s consumption', () => {
    const rules = { mostPerHour: 10 }
    expect(kinds([168, 169, 14_204, 14_205, 14_206, 14_207, 14_208], rules)).toEqual(['jump'])
    expect(used([168, 169, 14_204, 14_205, 14_206, 14_207, 14_208], [], 0, 6 * hourMs, rules)).toMatchObject({
      value: 5,
      resets: 1,
      complete: false,
    })
  })

  test('is found out from what is usual when nothing is known of the meter', () => {
    const values = Array.from({ length: 40 }, (_, i) => 100 + i + (i > 30 ? 5000 : 0))
    expect(kinds(values)).toEqual(['jump'])
  })

  test('is given time: after a long gap much can have been used', () => {
    const values = [100, 105, ...Array.from({ length: 48 }, () => Number.NaN), 500]
    expect(kinds(values, { mostPerHour: 10 })).toEqual(['dropOut'])
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
        exchanges.push({ at: (i - 0.5) * hourMs, final: index, first })
        index = first
      }
      values.push(i % 10 === 5 ? (roll(2) === 0 ? 0 : 1e6) : index)
    }
    expect(used(values, exchanges)).toMatchObject({ value: counted, complete: true, exchanges: exchanges.length })
  }
})
