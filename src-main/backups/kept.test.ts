import { expect, test } from 'vitest'
import { addDays, createCalendar } from '#shared/calendar.ts'
import { keptOf } from './kept.ts'

const calendar = createCalendar('Europe/Copenhagen')
const rule = { daily: 7, weekly: 4, monthly: 12 }
const on = (date: string, ok = true, time = '02:30') => ({ id: `${date} ${time}`, at: calendar.momentOf(`${date}T${time}`), test: { ok } })

test('after two years of daily backups the last seven days, four weeks and twelve months stay', () => {
  const days = Array.from({ length: 730 }, (_, i) => addDays('2026-11-22', -i))
  const kept = [
    ...keptOf(
      days.map((day) => on(day)),
      rule,
      calendar,
    ),
  ]
    .map((id) => id.slice(0, 10))
    .toSorted()
  const daily = days.slice(0, 7)
  // Sundays: the newest of each week from Monday to Sunday.
  const weekly = ['2026-11-22', '2026-11-15', '2026-11-08', '2026-11-01']
  const monthly = ['2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30', '2026-05-31', '2026-04-30', '2026-03-31']
  const older = ['2026-02-28', '2026-01-31', '2025-12-31']
  expect(kept).toEqual([...new Set([...daily, ...weekly, ...monthly, ...older])].toSorted())
})

test('of several in one day the newest stays, by the wall clock of the installation; of the last 24 hours all do', () => {
  const backups = [
    on('2026-11-22', true, '00:10'),
    on('2026-11-22', true, '23:50'),
    on('2026-11-21', true, '23:59'),
    on('2026-11-21', true, '23:40'),
    on('2026-11-20', true, '23:59'),
    on('2026-11-20', true, '00:00'),
  ]
  expect([...keptOf(backups, { daily: 3, weekly: 0, monthly: 0 }, calendar)].toSorted()).toEqual([
    '2026-11-20 23:59',
    '2026-11-21 23:59',
    '2026-11-22 00:10',
    '2026-11-22 23:50',
  ])
})

test('one whose test restore failed takes the place of no good one, and stays only while it is the newest', () => {
  const backups = [on('2026-11-22', false), on('2026-11-21', false), on('2026-11-20'), on('2026-11-19')]
  expect([...keptOf(backups, { daily: 2, weekly: 0, monthly: 0 }, calendar)].toSorted()).toEqual([
    '2026-11-19 02:30',
    '2026-11-20 02:30',
    '2026-11-22 02:30',
  ])
})
