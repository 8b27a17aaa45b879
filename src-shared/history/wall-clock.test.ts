import { expect, test } from 'vitest'
import { createCalendar } from '../calendar.ts'
import { offsets, offsetText, stampText } from './wall-clock.ts'

const hourMs = 3_600_000

test.each(['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'])(
  'offsets of %s are those of the calendar, forwards and back',
  (zone) => {
    const calendar = createCalendar(zone)
    const offset = offsets(calendar)
    const moments = Array.from({ length: 400 * 4 }, (_, i) => Date.UTC(2026, 0, 1) + i * 6 * hourMs + (i % 7) * 600_000)
    for (const at of [...moments, ...moments.toReversed()]) expect([at, offset(at)]).toEqual([at, calendar.offset(at)])
  },
)

test('an offset is told as a text, a moment as a date that can be read', () => {
  expect([0, 2 * hourMs, -3.5 * hourMs, 10.5 * hourMs].map(offsetText)).toEqual(['UTC+00:00', 'UTC+02:00', 'UTC-03:30', 'UTC+10:30'])
  expect(stampText(Date.UTC(2026, 9, 25, 2, 30, 5))).toBe('2026-10-25 02:30:05')
})
