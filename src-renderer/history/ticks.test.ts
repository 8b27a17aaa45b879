import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { createFormat } from '../format.ts'
import { ticksOf } from './ticks.ts'

const calendar = createCalendar('Europe/Copenhagen')
const format = createFormat('en-GB', 'Europe/Copenhagen')
const day = (date: string, next: string) => [calendar.startOf(date), calendar.startOf(next)] as const

test('a day has marks at round local hours and its date at midnight', () => {
  const ticks = ticksOf(...day('2026-01-15', '2026-01-16'), 1000, calendar, format)
  expect(ticks.map(({ text }) => text)).toEqual([
    'Thu 15 Jan',
    '02:00',
    '04:00',
    '06:00',
    '08:00',
    '10:00',
    '12:00',
    '14:00',
    '16:00',
    '18:00',
    '20:00',
    '22:00',
    'Fri 16 Jan',
  ])
})

test('the hour that comes twice is marked twice', () => {
  const ticks = ticksOf(...day('2026-10-25', '2026-10-26'), 1800, calendar, format)
  expect(ticks.filter(({ text }) => text === '02:00')).toHaveLength(2)
})

test('the hour that is skipped has no mark, and the rest stays round', () => {
  const texts = ticksOf(...day('2026-03-29', '2026-03-30'), 1800, calendar, format).map(({ text }) => text)
  expect(texts).not.toContain('02:00')
  expect(texts).toContain('03:00')
})

test('a month has no more marks than fit', () => {
  const ticks = ticksOf(calendar.startOf('2026-01-01'), calendar.startOf('2026-01-31'), 10 * 108, calendar, format)
  expect(ticks.length).toBeLessThanOrEqual(10)
  expect(ticks.every((tick) => tick.day)).toBe(true)
})
