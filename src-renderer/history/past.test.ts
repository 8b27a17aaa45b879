import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import type { Line } from '#shared/history/contract.ts'
import { yearBefore } from './past.ts'

const calendar = createCalendar('Europe/Copenhagen')
const at = (time: string) => calendar.momentOf(time)
const hourly = (from: string, to: string): Line => {
  const moments: number[] = []
  for (let moment = at(from); moment < at(to); moment += 3_600_000) moments.push(moment)
  const value = moments.map((_, i) => i)
  return { series: 1, at: moments, value, quality: moments.map(() => 0), stored: moments.length, min: null, max: null }
}
const shown = (line: Line) => line.at.map((moment) => calendar.timeAt(moment))

test('a day lies over the day of the same name a year before', () => {
  const { range, lay } = yearBefore(calendar, at('2026-01-15T00:00'), at('2026-01-16T00:00'))
  expect(range).toEqual({ from: at('2025-01-15T00:00'), to: at('2025-01-16T00:00') })
  const laid = lay(hourly('2025-01-14T22:00', '2025-01-16T02:00'))
  expect(shown(laid)[0]).toBe('2026-01-15T00:00')
  expect(laid.at).toHaveLength(24)
  expect(laid.value[0]).toBe(2)
})

test('where the clocks change on another day of the year before, each hour lies over the same hour of the wall clock', () => {
  // 2026: forward on 29 March. 2025: forward on 30 March.
  const forward = yearBefore(calendar, at('2026-03-29T00:00'), at('2026-03-30T00:00')).lay(hourly('2025-03-29T00:00', '2025-03-30T00:00'))
  expect(shown(forward).slice(0, 4)).toEqual(['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T03:00', '2026-03-29T04:00'])
  expect(shown(forward).at(-1)).toBe('2026-03-29T23:00')
  const day = yearBefore(calendar, at('2026-03-30T00:00'), at('2026-03-31T00:00')).lay(hourly('2025-03-30T00:00', '2025-03-31T00:00'))
  expect(shown(day).slice(0, 3)).toEqual(['2026-03-30T00:00', '2026-03-30T01:00', '2026-03-30T03:00'])
  expect(shown(day).at(-1)).toBe('2026-03-30T23:00')
})

test('the hour that the day of a year before had twice is drawn once', () => {
  // 2025: back on 26 October.
  const laid = yearBefore(calendar, at('2026-10-26T00:00'), at('2026-10-27T00:00')).lay(hourly('2025-10-26T00:00', '2025-10-27T00:00'))
  expect(laid.at).toHaveLength(24)
  expect(new Set(laid.at).size).toBe(24)
})

test('a 29 February has no day to lie over, and that of the year before is left out', () => {
  const leap = yearBefore(calendar, at('2024-02-28T00:00'), at('2024-03-02T00:00')).lay(hourly('2023-02-28T00:00', '2023-03-02T00:00'))
  const hole = leap.value.indexOf(null)
  expect(shown(leap)[hole]).toBe('2024-02-29T00:00')
  expect(shown(leap)[hole + 1]).toBe('2024-03-01T00:00')
  const after = yearBefore(calendar, at('2025-02-28T00:00'), at('2025-03-02T00:00')).lay(hourly('2024-02-28T00:00', '2024-03-02T00:00'))
  expect(after.at).toHaveLength(48)
  expect(after.value[24]).toBe(48)
})

test('a whole year keeps every day in its place', () => {
  const { lay, range } = yearBefore(calendar, at('2026-01-01T00:00'), at('2027-01-01T00:00'))
  expect(range).toEqual({ from: at('2025-01-01T00:00'), to: at('2026-01-01T00:00') })
  const noon = hourly('2025-01-01T12:00', '2026-01-01T00:00')
  const daily = { ...noon, at: noon.at.filter((moment) => calendar.timeAt(moment).endsWith('T12:00')) }
  expect(shown(lay(daily)).every((time) => time.endsWith('T12:00'))).toBe(true)
  expect(lay(daily).at).toHaveLength(365)
})
