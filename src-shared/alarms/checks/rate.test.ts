import { expect, test } from 'vitest'
import { rateCheck } from './rate.ts'
import type { TestOf } from '../rule.ts'
import { minute, seeded, verdicts, type Told } from './testing/run.ts'

const ten: Omit<TestOf<'rate'>, 'kind' | 'points'> = { rise: 6, fall: 12, minutes: 10 }
/** From `from` on by `step` a reading. */
const ramp = (from: number, step: number, count: number) => Array.from({ length: count }, (_, n) => from + n * step)
const last = (readings: Told[], everyMs = minute, rate = ten) => verdicts(rateCheck(1, rate), readings, everyMs).at(-1)

test('is known once a value is ten minutes old', () => {
  expect(verdicts(rateCheck(1, ten), ramp(50, 0, 12)).join(' ')).toBe(`${'unknown '.repeat(10)}within within`)
})

test.each<[string, number, string]>([
  ['6 K/h is allowed', 0.1, 'within'],
  ['6.6 K/h is not', 0.11, 'beyond'],
  ['a fall of 12 K/h is allowed', -0.2, 'within'],
  ['a fall of 12.6 K/h is not', -0.21, 'beyond'],
])('%s', (_name, aMinute, expected) => {
  expect(last(ramp(50, aMinute, 11))).toBe(expected)
  expect(last(ramp(50, aMinute / 6, 61), minute / 6)).toBe(expected)
  expect(last(ramp(50, aMinute * 15, 4), 15 * minute)).toBe(expected)
})

test('shows the change per hour and what it may be', () => {
  const check = rateCheck(1, ten)
  verdicts(check, ramp(50, 0.2, 11))
  expect(check.shown().value).toBeCloseTo(12)
  expect(check.shown().limit).toBe(6)
  verdicts(check, ramp(52, -0.5, 11), minute, 11 * minute)
  expect(check.shown().value).toBeCloseTo(-30)
  expect(check.shown().limit).toBe(-12)
})

test('a jump is seen with the reading that shows it', () => {
  expect(last([...ramp(50, 0, 20), 51.1])).toBe('beyond')
})

test('readings further apart than twice the time, or 20 minutes more, say nothing', () => {
  expect(last([50, 90, 50], 31 * minute)).toBe('unknown')
  expect(last([50, 90], 30 * minute)).toBe('beyond')
})

test('one lost poll does not begin it anew; half the time without a value does', () => {
  expect(last([...ramp(50, 0, 9), 'offline', 52])).toBe('beyond')
  expect(last([...ramp(50, 0, 5), ...Array<Told>(6).fill('offline'), 52])).toBe('unknown')
})

test('what a sensor showed before it broke says nothing of what it shows afterwards', () => {
  expect(last([...ramp(50, 0, 9), 'fault', 70])).toBe('unknown')
})

test('a value that a person puts there is no change', () => {
  expect(last([...ramp(50, 0, 10), [80, 'manual']])).toBe('unknown')
})

test('a side that is not set is never beyond', () => {
  expect(last(ramp(50, -5, 11), minute, { rise: 6, fall: null, minutes: 10 })).toBe('within')
})

test('a clock set back begins it anew', () => {
  const check = rateCheck(1, ten)
  verdicts(check, ramp(50, 0, 20), minute, 1000 * minute)
  expect(check.take(0, 90, 'good', 5 * minute, false)).toBe('unknown')
  expect(check.take(0, 90, 'good', 15 * minute, false)).toBe('within')
})

test('agrees with the newest value that is old enough, to the distance that it keeps, for any readings', () => {
  const random = seeded(11)
  const minutes = 30
  for (let round = 0; round < 40; round++) {
    const check = rateCheck(1, { rise: 10, fall: null, minutes })
    const rows: number[] = []
    const rate = (round / 80) * 60
    let at = 0
    for (let n = 0; n < 300; n++) {
      at += Math.ceil(random() * 4 * minute)
      // Steady, so that it does not matter which of two neighbours was kept.
      const value = (at / 3_600_000) * rate
      const verdict = check.take(0, value, 'good', at, false)
      expect(check.take(0, value, 'good', at, false)).toBe(verdict)
      const oldest = at - (rows[0] ?? at)
      const known = rate > 10 ? 'beyond' : 'within'
      // The next that was kept may be a step younger.
      const wanted = oldest < minutes * minute ? ['unknown'] : oldest < (minutes + 1) * minute ? ['unknown', known] : [known]
      expect(wanted).toContain(verdict)
      expect(verdict === 'unknown' ? rate : check.shown().value).toBeCloseTo(rate)
      rows.push(at)
    }
  }
})
