import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { kpiPeriodOf, monthOf, steppedKpi } from './kpi-period.ts'

const calendar = createCalendar('Europe/Vienna')
const now = calendar.momentOf('2026-11-22T23:40')

test('without a word it is the month of today, from its first day to the first of the next', () => {
  const period = kpiPeriodOf({}, now, calendar)
  expect(period).toEqual({
    kind: 'month',
    first: '2026-11-01',
    from: calendar.startOf('2026-11-01'),
    to: calendar.startOf('2026-12-01'),
    current: true,
  })
  expect(monthOf(period)).toBe('2026-11')
})

test('a week begins on Monday, also when Sunday is named', () => {
  const period = kpiPeriodOf({ period: 'week' }, now, calendar)
  expect([period.first, period.current, monthOf(period)]).toEqual(['2026-11-16', true, null])
  expect(kpiPeriodOf({ period: 'week', date: '2026-10-25' }, now, calendar)).toMatchObject({ first: '2026-10-19', current: false })
})

test('the week in which the clocks go back has an hour more', () => {
  const { from, to } = kpiPeriodOf({ period: 'week', date: '2026-10-20' }, now, calendar)
  expect(to - from).toBe((7 * 24 + 1) * 3_600_000)
})

test('steps lead to the periods beside it, never into the future', () => {
  const period = kpiPeriodOf({}, now, calendar)
  expect(steppedKpi(period, 1)).toBeNull()
  expect(steppedKpi(period, -1)).toEqual({ date: '2026-10-01' })
  const week = kpiPeriodOf({ period: 'week', date: '2026-01-01' }, now, calendar)
  expect(week.first).toBe('2025-12-29')
  expect(steppedKpi(week, 1)).toEqual({ date: '2026-01-05' })
  expect(steppedKpi(kpiPeriodOf({ date: '2026-03-31' }, now, calendar), -1)).toEqual({ date: '2026-02-01' })
})

test('a date that is none, or lies ahead, is today', () => {
  expect(kpiPeriodOf({ date: 'soon' }, now, calendar).first).toBe('2026-11-01')
  expect(kpiPeriodOf({ date: '2027-05-01' }, now, calendar).first).toBe('2026-11-01')
})
