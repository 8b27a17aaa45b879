import { addDays, type Calendar } from '../../calendar.ts'

/** UTC ms; `to` is no longer in it. */
export type Span = { from: number; to: number }

/**
 * The first span of the daily time `from` to `to` (such as 22:00 to 06:00) that ends after `at`; the same time twice is a whole day. A night
 * that skips it altogether has none; where an hour comes twice both times belong to it, and where it begins or ends there, the first time counts. A
 * time that is skipped is as much later as the clock is put forward.
 */
export function spanAfter(calendar: Calendar, from: string, to: string, at: number): Span {
  const today = calendar.dateAt(at)
  for (let day = -1; ; day++) {
    const date = addDays(today, day)
    const span = { from: calendar.momentOf(`${date}T${from}`), to: calendar.momentOf(`${to <= from ? addDays(date, 1) : date}T${to}`) }
    if (span.to > at && span.to > span.from) return span
  }
}
