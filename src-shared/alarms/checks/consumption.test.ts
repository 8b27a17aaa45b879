import { expect, test } from 'vitest'
import { createCalendar } from '../../calendar.ts'
import type { Verdict } from '../check.ts'
import { consumptionCheck, type Consumption } from './consumption.ts'
import { hour, minute, told, type Told } from './testing/run.ts'

const calendar = createCalendar('Europe/Berlin')
const night = { side: 1, limit: 5, from: '02:00', to: '05:00', mostPerHour: 20_000 } as const
/** Local midnight of a day without a change of the clock. */
const midnight = Date.parse('2026-01-10T23:00Z')

/** What the check says after each reading; times are hours after that midnight. */
function run(rows: readonly (readonly [hours: number, reading: Told])[], change: Partial<Consumption> = {}) {
  const check = consumptionCheck(1, { ...night, ...change }, calendar)
  const said = rows.map(([hours, reading]) => check.take(0, ...told(reading), midnight + hours * hour, false))
  return { check, said, last: said.at(-1) }
}

/** A reading a quarter hour, `perHour` everywhere and `atNight` from 02:00 to 05:00, from hour to hour. */
function use(perHour: number, atNight: number, from: number, to: number, index = 1000): [number, number][] {
  const rows: [number, number][] = []
  for (let quarter = from * 4; quarter <= to * 4; quarter++) {
    rows.push([quarter / 4, index])
    const inNight = ((quarter % 96) + 96) % 96 >= 8 && ((quarter % 96) + 96) % 96 < 20
    index += (inNight ? atNight : perHour) / 4
  }
  return rows
}

const when = (said: readonly (Verdict | undefined)[], verdict: Verdict, from = 0) => from + said.indexOf(verdict) / 4

test('more than the limit is so with the first reading that shows it', () => {
  // 2 an hour from 02:00: 5 is reached at 04:30 and exceeded with the reading of 04:45.
  const { said, check } = run(use(1, 2, 0, 6))
  expect(when(said, 'beyond')).toBe(4.75)
  expect(check.shown()).toEqual({ value: 6, limit: 5 })
})

test('exactly the limit is within, known at the end', () => {
  const { said } = run(use(1, 5 / 3, 0, 6))
  expect(when(said, 'within')).toBe(5)
  expect(said).not.toContain('beyond')
})

test('what one night showed holds until a night has shown otherwise', () => {
  const first = use(1, 2, 0, 24)
  const second = use(1, 1, 24, 30, first.at(-1)?.[1])
  const { said } = run([...first.slice(0, -1), ...second])
  expect(when(said, 'beyond')).toBe(4.75)
  expect(said.lastIndexOf('beyond') / 4).toBe(28.75)
  expect(said.at(-1)).toBe('within')
})

test('what is used outside the time of day does not count', () => {
  expect(run(use(100, 1, 0, 23)).last).toBe('within')
})

test('less than the limit is known at the end', () => {
  const { said } = run(use(1, 1, 0, 6), { side: -1 })
  expect(when(said, 'beyond')).toBe(5)
  expect(said).not.toContain('within')
  expect(run(use(1, 2, 0, 6), { side: -1 }).last).toBe('within')
})

test('the index at begin and end is taken in proportion from readings near them', () => {
  // 50 minutes apart: at 02:00 a third of what was used from 01:30 to 03:00 would be 2 of 6.
  const rows: [number, number][] = [
    [1.5, 100],
    [2.4, 109],
    [3.3, 110],
    [4.2, 110],
    [5.1, 119],
  ]
  const { check, last } = run(rows)
  // 09 over 54 minutes: 30 of them before 02:00 (5); 9 over 54 minutes: 48 of them before 05:00 (8).
  expect(check.shown().value).toBeCloseTo(4 + 1 + 8)
  expect(last).toBe('beyond')
})

test('an index at the begin that is not known makes it unknown, unless what was surely used is too much', () => {
  const late = (atNight: number) => use(1, atNight, 2.5, 6)
  expect(run(late(1)).last).toBe('unknown')
  expect(run(late(1), { side: -1 }).last).toBe('unknown')
  // 2.5 hours at 3 an hour are surely 7.5.
  expect(run(late(3)).last).toBe('beyond')
  expect(run(late(3), { side: -1 }).last).toBe('within')
})

test('an index at the end that is not known decides nothing but what is sure', () => {
  const until4 = use(1, 1, 0, 4)
  expect(run([...until4, [7, 1010]]).last).toBe('unknown')
  expect(run([...until4, [7, 1010]], { side: -1 }).last).toBe('unknown')
})

test('a gap across the begin leaves the index at the begin unknown', () => {
  const rows: [number, number][] = [...use(1, 1, 0, 1), ...use(1, 1, 2.75, 6, 1003)]
  expect(run(rows).last).toBe('unknown')
  expect(run(rows, { side: -1 }).last).toBe('unknown')
})

test('a reading at the end itself decides, however long the one before it is ago', () => {
  const rows: [number, number][] = [...use(1, 1, 0, 3), [5, 1010]]
  expect(run(rows).last).toBe('beyond')
  expect(run(rows, { side: -1 }).last).toBe('within')
})

test('a gap within the time of day loses nothing: the register went on counting', () => {
  expect(run([...use(1, 1, 0, 2.5), [4.5, 1010], [4.75, 1010], [5, 1010]]).last).toBe('beyond')
})

test('a reading that is lost is not zero', () => {
  const { said } = run([...use(1, 1, 0, 3), [3.25, 'offline'], [3.5, 'stale'], [3.75, 'fault']])
  expect(said.slice(-3)).toEqual(['unknown', 'unknown', 'unknown'])
})

test('a reading begins with the time of day when the first one is of then', () => {
  expect(run(use(1, 1, 2, 5)).last).toBe('within')
  expect(run(use(1, 1, 2, 5), { side: -1 }).last).toBe('beyond')
})

test.each<[string, number]>([
  ['a higher', 50_000],
  ['a lower', 3],
])('another meter with %s index within the night is no consumption, and the night is not known', (_name, index) => {
  const before = use(1, 1, -4, 3)
  const after = use(1, 1, 3.25, 6, index)
  const above = run([...before, ...after])
  expect(above.said).not.toContain('beyond')
  expect(above.last).toBe('unknown')
  expect(run([...before, ...after], { side: -1 }).last).toBe('unknown')
  // The next night is known again.
  const later = [...before, ...use(1, 1, 3.25, 30, index)]
  expect(run(later).last).toBe('within')
})

test('a controller that shows 0 for a meter that it does not have says nothing of its use', () => {
  const nothing = use(0, 0, -4, 30, 0)
  expect(new Set(run(nothing, { side: -1 }).said)).toEqual(new Set(['unknown']))
  // One that stands still is none that used little.
  expect(run(use(0, 0, -4, 30, 5), { side: -1 }).last).toBe('beyond')
})

test('a burst pipe is known within two readings of it', () => {
  const quiet = use(1, 1, -4, 3)
  const { said } = run([...quiet, [3.25, 1050], [3.5, 1100]])
  expect(said.at(-1)).toBe('beyond')
})

test.each<[string, string, number]>([
  ['a whole day of 23 hours', '2026-03-28T23:00Z', 23],
  ['a whole day of 25 hours', '2026-10-24T22:00Z', 25],
])('%s is one day', (_name, begin, hours) => {
  const check = consumptionCheck(1, { ...night, from: '00:00', to: '00:00', limit: 1000 }, calendar)
  const start = Date.parse(begin)
  for (let quarter = -4; quarter <= hours * 4; quarter++) check.take(0, 1000 + quarter / 4, 'good', start + quarter * 15 * minute, false)
  expect(check.shown().value).toBeCloseTo(hours)
})

test.each<[string, string, number]>([
  ['a usual night', '2026-01-10T21:00Z', 8],
  ['the short one', '2026-03-28T21:00Z', 7],
  ['the long one', '2026-10-24T20:00Z', 9],
])('over midnight: 22:00 to 06:00 of %s', (_name, begin, hours) => {
  const check = consumptionCheck(1, { ...night, from: '22:00', to: '06:00', limit: 7.5 }, calendar)
  const start = Date.parse(begin)
  let last: Verdict = 'unknown'
  for (let quarter = -4; quarter <= hours * 4; quarter++)
    last = check.take(0, 1000 + quarter / 4, 'good', start + quarter * 15 * minute, false)
  expect(check.shown().value).toBeCloseTo(hours)
  expect(last).toBe(hours > 7.5 ? 'beyond' : 'within')
})

test('the hour that is skipped is nothing to decide, and the one that comes twice is two', () => {
  const said = (begin: string) => {
    const check = consumptionCheck(1, { ...night, from: '02:00', to: '03:00', limit: 1.5 }, calendar)
    const verdicts: Verdict[] = []
    for (let quarter = 0; quarter < 40; quarter++)
      verdicts.push(check.take(0, 1000 + quarter / 4, 'good', Date.parse(begin) + quarter * 15 * minute, false))
    return [...new Set(verdicts)]
  }
  expect(said('2026-03-28T22:00Z')).toEqual(['unknown'])
  expect(said('2026-10-24T22:00Z')).toEqual(['unknown', 'beyond'])
  expect(said('2026-01-10T22:00Z')).toEqual(['unknown', 'within'])
})

test('a week without a reading decides none of its nights', () => {
  const rows = use(1, 1, 0, 6)
  expect(run([...rows, [24 * 7 + 12, 1100]]).last).toBe('unknown')
})

test('a clock set back looks at the day that it is then', () => {
  const check = consumptionCheck(1, night, calendar)
  for (const [hours, index] of use(1, 1, 240, 246)) check.take(0, index, 'good', midnight + hours * hour, false)
  let last: Verdict = 'unknown'
  for (const [hours, index] of use(1, 2, 0, 6, 2000)) last = check.take(0, index, 'good', midnight + hours * hour, false)
  expect(last).toBe('beyond')
})

test('the same reading told twice says the same twice', () => {
  const check = consumptionCheck(1, night, calendar)
  for (const [hours, index] of use(1, 2, 0, 30)) {
    const at = midnight + hours * hour
    expect(check.take(0, index, 'good', at, false)).toBe(check.take(0, index, 'good', at, false))
  }
})
