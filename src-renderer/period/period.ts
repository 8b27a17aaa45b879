import { addDays, addMonths, isDate, isTime, type Calendar, type LocalDate, type LocalTime } from '#shared/calendar.ts'
import type { Address } from '../address.ts'

export const periodKinds = ['day', 'week', 'month', 'quarter', 'year', 'own'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** Periods that are counted in months of the calendar, so that a year has 365 or 366 days. */
const inMonths: Partial<Record<PeriodKind, number>> = { month: 1, quarter: 3, year: 12 }

/** A stretch of local days, or an own one. `current`: now lies within, so that the end grows. */
export type Period = { kind: PeriodKind; from: number; to: number; current: boolean; last: LocalDate; today: LocalDate }

/** The period that the address names: words that make no sense fall back to today. */
export function periodOf(address: Address, now: number, calendar: Calendar): Period {
  const today = calendar.dateAt(now)
  const kind = periodKinds.find((one) => one === address['period']) ?? 'day'
  if (kind === 'own' && isTime(address['from']) && isTime(address['to'])) {
    const [from, to] = [calendar.momentOf(address['from']), calendar.momentOf(address['to'])]
    if (from < to) return { kind, from, to, current: from <= now && now < to, last: calendar.dateAt(to - 1), today }
  }
  const named = address['date']
  const last = isDate(named) && named <= today ? named : today
  const first = firstDay(kind === 'own' ? 'day' : kind, last)
  const [from, to] = [calendar.startOf(first), calendar.startOf(addDays(last, 1))]
  return { kind: kind === 'own' ? 'day' : kind, from, to, current: last === today, last, today }
}

function firstDay(kind: PeriodKind, last: LocalDate): LocalDate {
  const months = inMonths[kind]
  if (months !== undefined) return addDays(addMonths(last, -months), 1)
  return kind === 'week' ? addDays(last, -6) : last
}

/** The words of the address for the period before (-1) or after (1) this one. Null where that lies in the future. */
export function stepped(period: Period, direction: 1 | -1, calendar: Calendar): Address | null {
  if (period.kind === 'own') {
    // By the wall clock, so that whole days stay whole days where one of them has 23 or 25 hours.
    const [from, to] = [calendar.timeAt(period.from), calendar.timeAt(period.to)]
    const span = (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) * direction
    const moved = (time: LocalTime) => new Date(Date.parse(`${time}Z`) + span).toISOString().slice(0, 16)
    return { period: 'own', from: moved(from), to: moved(to) }
  }
  const months = inMonths[period.kind]
  const last =
    months === undefined ? addDays(period.last, direction * (period.kind === 'week' ? 7 : 1)) : addMonths(period.last, direction * months)
  if (direction === 1 && period.last >= period.today) return null
  return { date: last >= period.today ? undefined : last }
}

/** A zoom into a period as it stands in the address: two UTC ms with a tilde between. */
export function zoomOf(address: Address, period: Period): { from: number; to: number } | null {
  const [from, to] = (address['zoom'] ?? '').split('~').map(Number)
  if (from === undefined || to === undefined || !Number.isFinite(from) || !Number.isFinite(to) || from >= to) return null
  return { from: Math.max(from, period.from), to: Math.min(to, period.to) }
}
