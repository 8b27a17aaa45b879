import { addDays, addMonths, type Calendar } from '#shared/calendar.ts'
import type { Format } from '../format.ts'

export type Tick = { at: number; text: string; day: boolean }

/** What a label of each kind takes, px, with air around it. */
const timeWidth = 62
const dateWidth = 108

const minute = 60_000
const hour = 60 * minute
const withinDay = [5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour]

/** Marks of a time axis at round local times, so many as `width` pixels have room for; each local midnight carries its date. */
export function ticksOf(from: number, to: number, width: number, calendar: Calendar, format: Format): Tick[] {
  const days = Math.max(1, (to - from) / (24 * hour))
  const fits = (step: number) => days * dateWidth + Math.max(0, (to - from) / step - days) * timeWidth <= width
  const step = withinDay.find(fits)
  const ticks: Tick[] = []
  const add = (at: number, day: boolean, text: string) => {
    if (at >= from && at <= to) ticks.push({ at, text, day })
  }
  if (step === undefined) {
    for (const date of spacedDays(calendar.dateAt(from), calendar.dateAt(to), Math.max(2, Math.floor(width / dateWidth)))) {
      const at = calendar.startOf(date)
      add(at, true, format.weekday(at))
    }
    return ticks
  }
  for (let date = calendar.dateAt(from); calendar.startOf(date) <= to; date = addDays(date, 1)) {
    const start = calendar.startOf(date)
    const end = calendar.startOf(addDays(date, 1))
    add(start, true, format.weekday(start))
    for (let at = start + minute * 5; at < end; at += minute * 5) {
      const past = at + calendar.offset(at) - (start + calendar.offset(start))
      // On the day on which clocks go back the repeated hour has its mark twice.
      if (past % step === 0 && past > 0) add(at, false, format.time(at))
    }
  }
  return ticks
}

function spacedDays(first: string, last: string, most: number): string[] {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / (24 * hour)) + 1
  const every = [1, 2, 4, 7, 14].find((step) => days / step <= most)
  const found: string[] = []
  if (every !== undefined) for (let date = first; date <= last; date = addDays(date, every)) found.push(date)
  else for (let date = `${first.slice(0, 8)}01`; date <= last; date = addMonths(date, 1)) found.push(date)
  return found
}
