import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { periodOf, stepped, zoomOf } from './period.ts'

const calendar = createCalendar('Europe/Copenhagen')
const now = Date.UTC(2026, 9, 26, 9)
const hours = ({ from, to }: { from: number; to: number }) => (to - from) / 3_600_000

test('without words the period is the local day of now, and it is current', () => {
  const period = periodOf({}, now, calendar)
  expect(period).toMatchObject({ kind: 'day', current: true, last: '2026-10-26' })
  expect(period.from).toBe(Date.UTC(2026, 9, 25, 23))
})

test('the day on which clocks go back has 25 hours', () => {
  expect(hours(periodOf({ date: '2026-10-25' }, now, calendar))).toBe(25)
})

test('a week is seven local days and ends with the day named', () => {
  const week = periodOf({ period: 'week' }, now, calendar)
  expect(hours(week)).toBe(7 * 24 + 1)
  expect(calendar.dateAt(week.from)).toBe('2026-10-20')
})

test('a month reaches back to the day after the same day of the month before', () => {
  expect(calendar.dateAt(periodOf({ period: 'month' }, now, calendar).from)).toBe('2026-09-27')
})

test('a quarter is three months and a year twelve, with the leap day where there is one', () => {
  const quarter = periodOf({ period: 'quarter', date: '2026-03-31' }, now, calendar)
  expect([calendar.dateAt(quarter.from), calendar.dateAt(quarter.to - 1)]).toEqual(['2026-01-01', '2026-03-31'])
  expect(hours(quarter)).toBe(90 * 24 - 1)
  expect(hours(periodOf({ period: 'year', date: '2024-12-31' }, now, calendar))).toBe(366 * 24)
  expect(hours(periodOf({ period: 'year', date: '2025-12-31' }, now, calendar))).toBe(365 * 24)
})

test('quarters and years go back by the calendar', () => {
  const back = (kind: string) => stepped(periodOf({ period: kind, date: '2026-09-30' }, now, calendar), -1, calendar)
  expect(back('quarter')).toEqual({ date: '2026-06-30' })
  expect(back('year')).toEqual({ date: '2025-09-30' })
})

test('an own period of whole days stays one when its steps cross a change of clocks', () => {
  const own = periodOf({ period: 'own', from: '2026-10-18T00:00', to: '2026-10-25T00:00' }, now, calendar)
  const next = stepped(own, 1, calendar)
  expect(next).toEqual({ period: 'own', from: '2026-10-25T00:00', to: '2026-11-01T00:00' })
  expect(hours(periodOf(next ?? {}, now, calendar))).toBe(7 * 24 + 1)
})

test('an own period is read in local time; a reversed one falls back to today', () => {
  const own = periodOf({ period: 'own', from: '2026-10-01T06:00', to: '2026-10-01T18:00' }, now, calendar)
  expect(own).toMatchObject({ kind: 'own', current: false, from: Date.UTC(2026, 9, 1, 4) })
  expect(periodOf({ period: 'own', from: '2026-10-02T06:00', to: '2026-10-01T18:00' }, now, calendar).kind).toBe('day')
})

test('a day in the future falls back to today', () => {
  expect(periodOf({ date: '2027-01-01' }, now, calendar).last).toBe('2026-10-26')
})

test('steps go back by their own length and never past today', () => {
  const week = periodOf({ period: 'week', date: '2026-10-22' }, now, calendar)
  expect(stepped(week, -1, calendar)).toEqual({ date: '2026-10-15' })
  expect(stepped(week, 1, calendar)).toEqual({ date: undefined })
  expect(stepped(periodOf({}, now, calendar), 1, calendar)).toBeNull()
})

test('a zoom stays inside its period', () => {
  const period = periodOf({}, now, calendar)
  expect(zoomOf({ zoom: `${period.from - 5}~${period.from + 5}` }, period)).toEqual({ from: period.from, to: period.from + 5 })
  expect(zoomOf({ zoom: 'abc' }, period)).toBeNull()
  expect(zoomOf({}, period)).toBeNull()
})
