import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { backupDefaults, type BackupRun } from '#shared/backups/contract.ts'
import { nextRun } from './schedule.ts'

const calendar = createCalendar('Europe/Copenhagen')
const at = (time: string) => calendar.momentOf(time)
const settings = { ...backupDefaults, folder: '/backup', at: '02:30' }
const run = (startedAt: string, state: BackupRun['state'] = 'done') => ({
  startedAt: at(startedAt),
  endedAt: at(startedAt) + 60_000,
  state,
})
const next = (last: ReturnType<typeof run> | null, now: string) => {
  const due = nextRun(settings, last, calendar, at(now))
  return due === null ? null : calendar.timeAt(due)
}

test('without a folder nothing is due', () => {
  expect(nextRun(backupDefaults, null, calendar, at('2026-11-22T12:00'))).toBeNull()
})

test('the first is due at once, the next at its time of the next day', () => {
  expect(next(null, '2026-11-22T12:00')).toBe('2026-11-22T02:30')
  expect(next(run('2026-11-22T12:01'), '2026-11-22T12:05')).toBe('2026-11-23T02:30')
  expect(next(run('2026-11-22T12:01'), '2026-11-23T02:29')).toBe('2026-11-23T02:30')
  expect(next(run('2026-11-23T02:30'), '2026-11-23T02:31')).toBe('2026-11-24T02:30')
})

test('one that was missed while the computer was off is due at once, once', () => {
  expect(next(run('2026-11-19T02:30'), '2026-11-22T08:00')).toBe('2026-11-22T02:30')
  expect(next(run('2026-11-19T02:30'), '2026-11-22T01:00')).toBe('2026-11-21T02:30')
  expect(next(run('2026-11-22T08:00'), '2026-11-22T08:01')).toBe('2026-11-23T02:30')
})

test('on the day without that time it is due an hour later, and on the long day once', () => {
  expect(next(run('2026-03-28T02:30'), '2026-03-29T04:00')).toBe('2026-03-29T03:30')
  expect(next(run('2026-10-25T02:30'), '2026-10-25T02:45')).toBe('2026-10-26T02:30')
})

test('a failed one is tried again after an hour, a cancelled one is not', () => {
  expect(next(run('2026-11-22T02:30', 'failed'), '2026-11-22T02:40')).toBe('2026-11-22T03:31')
  expect(next(run('2026-11-22T02:30', 'cancelled'), '2026-11-22T02:40')).toBe('2026-11-23T02:30')
})
