import { expect, test } from 'vitest'
import { periodsAt } from './days.ts'

const iso = (at: number) => new Date(at).toISOString().slice(0, 16)
const at = (now: string, timeZone: string) => {
  const { today, yesterday, month } = periodsAt(Date.parse(now), timeZone)
  return [today.from, yesterday.from, yesterday.to, month.from].map(iso)
}

test.each([
  ['2026-11-22T13:00:00Z', 'UTC', ['2026-11-22T00:00', '2026-11-21T00:00', '2026-11-22T00:00', '2026-11-01T00:00']],
  ['2026-07-01T23:00:00Z', 'Europe/Amsterdam', ['2026-07-01T22:00', '2026-06-30T22:00', '2026-07-01T22:00', '2026-06-30T22:00']],
  // The days of 23 and 25 hours, and the month in which each lies.
  ['2026-03-29T12:00:00Z', 'Europe/Amsterdam', ['2026-03-28T23:00', '2026-03-27T23:00', '2026-03-28T23:00', '2026-02-28T23:00']],
  ['2026-03-30T12:00:00Z', 'Europe/Amsterdam', ['2026-03-29T22:00', '2026-03-28T23:00', '2026-03-29T22:00', '2026-02-28T23:00']],
  ['2026-10-26T12:00:00Z', 'Europe/Amsterdam', ['2026-10-25T23:00', '2026-10-24T22:00', '2026-10-25T23:00', '2026-09-30T22:00']],
  ['2026-01-01T02:00:00Z', 'America/New_York', ['2025-12-31T05:00', '2025-12-30T05:00', '2025-12-31T05:00', '2025-12-01T05:00']],
  ['2026-10-04T12:00:00Z', 'Australia/Sydney', ['2026-10-03T14:00', '2026-10-02T14:00', '2026-10-03T14:00', '2026-09-30T14:00']],
  ['2026-04-24T12:00:00Z', 'Africa/Cairo', ['2026-04-23T22:00', '2026-04-22T22:00', '2026-04-23T22:00', '2026-03-31T22:00']],
])('at %s in %s', (now, zone, expected) => expect(at(now, zone)).toEqual(expected))
