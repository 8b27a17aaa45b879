import { addDays, addMonths, isDate, type Calendar, type LocalDate } from '#shared/calendar.ts'
import type { Address } from '../../address.ts'

export const kpiPeriods = ['month', 'week'] as const
export type KpiPeriodKind = (typeof kpiPeriods)[number]

/** A month of the calendar, or a week from Monday on. `first` is its first day; `current`: today lies within. */
export type KpiPeriod = { kind: KpiPeriodKind; first: LocalDate; from: number; to: number; current: boolean }

/** The period that the address names (`period`, `date`); the month of today where it names none. */
export function kpiPeriodOf(address: Address, now: number, calendar: Calendar): KpiPeriod {
  const today = calendar.dateAt(now)
  const named = address['date']
  const date = isDate(named) && named <= today ? named : today
  const kind = address['period'] === 'week' ? 'week' : 'month'
  const first = firstOf(kind, date)
  return {
    kind,
    first,
    from: calendar.startOf(first),
    to: calendar.startOf(moved(kind, first, 1)),
    current: first === firstOf(kind, today),
  }
}

/** Words of the address for the period before (-1) or after (1); null where that lies in the future. */
export function steppedKpi({ kind, first, current }: KpiPeriod, direction: 1 | -1): Address | null {
  return direction === 1 && current ? null : { date: moved(kind, first, direction) }
}

/** The month of the report, such as 2026-11; null where the period is none. */
export const monthOf = ({ kind, first }: KpiPeriod): string | null => (kind === 'month' ? first.slice(0, 7) : null)

function firstOf(kind: KpiPeriodKind, date: LocalDate): LocalDate {
  if (kind === 'month') return `${date.slice(0, 7)}-01`
  const sinceMonday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(date, -sinceMonday)
}

const moved = (kind: KpiPeriodKind, first: LocalDate, by: 1 | -1) => (kind === 'month' ? addMonths(first, by) : addDays(first, 7 * by))
