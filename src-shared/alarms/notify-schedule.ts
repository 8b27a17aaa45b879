import { addDays, type Calendar, type LocalDate } from '../calendar.ts'
import type { Hours, ScheduleContent } from './notify.ts'

/** From when to when, UTC ms; the end is not part of it. */
type Span = { from: number; to: number }

/** A schedule that says nothing for so long says nothing at all. */
const farthestDays = 400
const minuteMs = 60_000

/** Whether people are told at a moment, UTC ms. */
export function isActive(schedule: ScheduleContent, calendar: Calendar, at: number): boolean {
  return around(schedule, calendar, at).some(({ from, to }) => from <= at && at < to)
}

/** The moment itself when people are told then, else the begin of the next hours; UTC ms, null when there are none. */
export function nextActive(schedule: ScheduleContent, calendar: Calendar, at: number): number | null {
  if (isActive(schedule, calendar, at)) return at
  const today = calendar.dateAt(at)
  for (let days = 0; days <= farthestDays; days += 1) {
    const begins = spansOf(schedule, calendar, addDays(today, days)).flatMap(({ from, to }) => (from > at && to > from ? [from] : []))
    if (begins.length > 0) return Math.min(...begins)
  }
  return null
}

/** When the hours that run now end, or the next begin; UTC ms, null when nothing changes any more. */
export function nextChange(schedule: ScheduleContent, calendar: Calendar, at: number): number | null {
  if (!isActive(schedule, calendar, at)) return nextActive(schedule, calendar, at)
  let end = at
  for (let steps = 0; steps <= farthestDays * 10; steps += 1) {
    const ends = around(schedule, calendar, end).flatMap(({ from, to }) => (from <= end && end < to ? [to] : []))
    if (ends.length === 0) return end
    end = Math.max(...ends)
    if (end - at > farthestDays * 24 * 60 * 60_000) return null
  }
  return null
}

const around = (schedule: ScheduleContent, calendar: Calendar, at: number): Span[] => {
  const today = calendar.dateAt(at)
  return [addDays(today, -1), today].flatMap((date) => spansOf(schedule, calendar, date))
}

/** The hours that begin on a day. */
function spansOf({ week, holidays }: ScheduleContent, calendar: Calendar, date: LocalDate): Span[] {
  const holiday = holidays.find((one) => one.date === date)
  const hours = holiday ? holiday.hours : week.filter(({ days }) => days.includes(weekdayOf(date)))
  return hours.map((one) => ({ from: firstMoment(calendar, `${date}T${one.from}`), to: endOf(one, calendar, date) }))
}

function endOf({ from, to }: Hours, calendar: Calendar, date: LocalDate): number {
  if (to === '24:00') return calendar.startOf(addDays(date, 1))
  return lastMoment(calendar, `${to > from ? date : addDays(date, 1)}T${to}`)
}

/** The first moment at which the wall clock shows a time or a later one. */
export function firstMoment(calendar: Calendar, time: string): number {
  let at = calendar.momentOf(time)
  while (calendar.timeAt(at) > time && calendar.timeAt(at - minuteMs) > time) at -= minuteMs
  return at
}

/** The last moment at which the wall clock shows a time; the first one is `momentOf`. They differ in the hour that comes twice. */
export function lastMoment(calendar: Calendar, time: string): number {
  const first = calendar.momentOf(time)
  const again = [60, 30].map((minutes) => first + minutes * minuteMs).find((at) => calendar.timeAt(at) === time)
  return again ?? first
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}
