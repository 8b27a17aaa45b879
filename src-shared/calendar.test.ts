import { describe, expect, test } from 'vitest'
import { addDays, addMonths, createCalendar } from './calendar.ts'

const copenhagen = createCalendar('Europe/Copenhagen')
const hour = 3_600_000

describe('days of a time zone', () => {
  test.each([
    ['2026-01-15', 24],
    ['2026-03-29', 23],
    ['2026-10-25', 25],
  ])('%s has %i hours', (date, hours) => {
    expect((copenhagen.startOf(addDays(date, 1)) - copenhagen.startOf(date)) / hour).toBe(hours)
  })

  test('a day begins at local midnight, not at UTC midnight', () => {
    expect(copenhagen.startOf('2026-07-01')).toBe(Date.UTC(2026, 5, 30, 22))
  })

  test('a moment belongs to the local day it falls in', () => {
    expect(copenhagen.dateAt(Date.UTC(2026, 5, 30, 21, 59))).toBe('2026-06-30')
    expect(copenhagen.dateAt(Date.UTC(2026, 5, 30, 22))).toBe('2026-07-01')
  })

  test('where midnight is skipped the day begins at the skip', () => {
    const beirut = createCalendar('Asia/Beirut')
    expect(beirut.timeAt(beirut.startOf('2026-03-29'))).toBe('2026-03-29T01:00')
  })
})

describe('times of the wall clock', () => {
  test('a time that comes twice means its first coming', () => {
    expect(copenhagen.momentOf('2026-10-25T02:30')).toBe(Date.UTC(2026, 9, 25, 0, 30))
  })

  test('a time that is skipped means the moment one hour later by the clock', () => {
    expect(copenhagen.timeAt(copenhagen.momentOf('2026-03-29T02:30'))).toBe('2026-03-29T03:30')
  })

  test('there and back again, in a zone off by three quarters of an hour', () => {
    const kathmandu = createCalendar('Asia/Kathmandu')
    expect(kathmandu.timeAt(kathmandu.momentOf('2026-05-05T11:45'))).toBe('2026-05-05T11:45')
  })
})

test.each([
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2024-01-31', 1, '2024-02-29'],
])('%s moved by %i months is %s', (date, months, expected) => {
  expect(addMonths(date, months)).toBe(expected)
})

test.each(['Europe/Copenhagen', 'America/St_Johns', 'Africa/Casablanca', 'Australia/Lord_Howe'])(
  'the clock of %s is ahead of UTC by what the system says, in every hour of two years',
  (timeZone) => {
    const calendar = createCalendar(timeZone)
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    const wrong: string[] = []
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += hour) {
      const shown = Date.parse(`${clock.format(at).replace(' ', 'T')}Z`)
      if (calendar.offset(at) !== shown - at) wrong.push(new Date(at).toISOString())
    }
    expect(wrong).toEqual([])
  },
)
