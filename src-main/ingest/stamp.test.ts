import { expect, test } from 'vitest'
import { readStamp } from './stamp.ts'

const now = Date.UTC(2026, 10, 22, 12, 0, 0)
const at = (raw: unknown, zone = 'UTC', when = now) => {
  const stamp = readStamp(raw, zone, when)
  return typeof stamp === 'number' ? new Date(stamp).toISOString().slice(0, 19) : stamp
}

test('seconds and milliseconds since 1970 are told apart, as numbers and as digits', () => {
  for (const raw of [1_795_348_800, 1_795_348_800_000, '1795348800', '1795348800000', 1_795_348_800.7, '1795348800999'])
    expect(at(raw)).toBe('2026-11-22T12:00:00')
})

test('ISO 8601 with a zone is taken as it says', () => {
  for (const raw of [
    '2026-11-22T12:00:00Z',
    '2026-11-22T13:00:00+01:00',
    '2026-11-22 07:00:00.25-0500',
    '2026-11-22T12:00Z',
    '2026/11/22 14:00:00+02',
  ])
    expect(at(raw, 'Asia/Tokyo')).toBe('2026-11-22T12:00:00')
})

test('a stamp without a zone is local time of the gateway, winter and summer', () => {
  expect(at('2026-11-22 13:00:00', 'Europe/Berlin')).toBe('2026-11-22T12:00:00')
  expect(at('2026-07-01T14:00:00', 'Europe/Berlin')).toBe('2026-07-01T12:00:00')
  expect(at('22.11.2026 13:00:00', 'Europe/Berlin')).toBe('2026-11-22T12:00:00')
})

test('of the hour that comes twice the nearer to the arrival is taken', () => {
  const first = Date.UTC(2026, 9, 25, 0, 31)
  const second = Date.UTC(2026, 9, 25, 1, 31)
  expect(at('2026-10-25 02:30:00', 'Europe/Berlin', first)).toBe('2026-10-25T00:30:00')
  expect(at('2026-10-25 02:30:00', 'Europe/Berlin', second)).toBe('2026-10-25T01:30:00')
})

test('what is ahead by more than five minutes or older than a year is refused', () => {
  expect(at((now + 5 * 60_000) / 1000)).toBe('2026-11-22T12:05:00')
  expect(at((now + 5 * 60_000) / 1000 + 1)).toBe('future')
  expect(at('2025-11-21T11:59:59Z')).toBe('old')
})

test.each(['', 'yesterday', '2026-02-30 12:00:00', '2026-11-22 25:00:00', '2026-11-22', {}, null, true, 0, -5, Number.NaN, 1e20, '12:00'])(
  'no time is made of %j',
  (raw) => {
    expect(at(raw)).toBe('badTime')
  },
)
