import { expect, test } from 'vitest'
import { createCalendar } from '../../calendar.ts'
import { spanAfter } from './day-window.ts'

const calendar = createCalendar('Europe/Berlin')

test.each<[string, string, string, string, string, string]>([
  ['a night of winter', '22:00', '06:00', '2026-01-10T12:00Z', '2026-01-10T21:00Z', '2026-01-11T05:00Z'],
  ['the night that it is', '22:00', '06:00', '2026-01-11T04:59Z', '2026-01-10T21:00Z', '2026-01-11T05:00Z'],
  ['its end is no longer in it', '22:00', '06:00', '2026-01-11T05:00Z', '2026-01-11T21:00Z', '2026-01-12T05:00Z'],
  ['a whole day', '00:00', '00:00', '2026-07-01T12:00Z', '2026-06-30T22:00Z', '2026-07-01T22:00Z'],
  ['the night that is an hour shorter', '22:00', '06:00', '2026-03-28T23:00Z', '2026-03-28T21:00Z', '2026-03-29T04:00Z'],
  ['the night that is an hour longer', '22:00', '06:00', '2026-10-24T23:00Z', '2026-10-24T20:00Z', '2026-10-25T05:00Z'],
  ['the hour that comes twice', '02:00', '03:00', '2026-10-24T23:00Z', '2026-10-25T00:00Z', '2026-10-25T02:00Z'],
  ['the hour that is skipped has no span that night', '02:00', '03:00', '2026-03-28T23:00Z', '2026-03-30T00:00Z', '2026-03-30T01:00Z'],
  ['begins in the hour that is skipped', '02:30', '05:00', '2026-03-28T23:00Z', '2026-03-29T01:30Z', '2026-03-29T03:00Z'],
  ['begins in the hour that comes twice', '02:30', '05:00', '2026-10-24T23:00Z', '2026-10-25T00:30Z', '2026-10-25T04:00Z'],
])('%s', (_name, from, to, at, begin, end) => {
  const span = spanAfter(calendar, from, to, Date.parse(at))
  expect([new Date(span.from), new Date(span.to)]).toEqual([new Date(begin), new Date(end)])
})
