import type { Calendar } from '#shared/calendar.ts'
import type { Step } from '#shared/history/step.ts'
import type { Format } from '../format.ts'

const reachMs = 3 * 3_600_000

/** Whether the wall clock shows the same time twice, as in the hour in which clocks go back. */
export function isTwice(at: number, { offset }: Pick<Calendar, 'offset'>): boolean {
  const [before, own, after] = [offset(at - reachMs), offset(at), offset(at + reachMs)]
  if (own > after && offset(at + (own - after)) === after) return true
  return before > own && offset(at - (before - own)) === before
}

/** A row's local time in two parts; the zone stands with a time that comes twice. */
export function rowTime(at: number, step: Step, calendar: Calendar, format: Format): { day: string; time: string } {
  if (step === 'month') return { day: format.month(at), time: '' }
  if (step === 'day') return { day: format.date(at), time: '' }
  const day = format.weekday(at)
  if (isTwice(at, calendar)) return { day, time: format.timeZoned(at) }
  return { day, time: at % 60_000 === 0 ? format.time(at) : format.timeSeconds(at) }
}
