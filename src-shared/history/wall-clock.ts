import type { Calendar } from '../calendar.ts'

const dayMs = 24 * 3_600_000

/** Ms by which the wall clock is ahead of UTC at a moment; for many moments one after another, as it looks at each day once. */
export function offsets(calendar: Calendar): (at: number) => number {
  let day = Number.NaN
  let same: number | null = null
  return (at) => {
    const today = Math.floor(at / dayMs)
    if (today !== day) {
      day = today
      const [begin, end] = [calendar.offset(today * dayMs), calendar.offset((today + 1) * dayMs)]
      same = begin === end ? begin : null
    }
    return same ?? calendar.offset(at)
  }
}

/** A distance from UTC such as UTC+02:00, which no spreadsheet takes for a formula or a time. */
export function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `UTC${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Date and time as every spreadsheet reads them, such as 2026-10-25 02:30:00. */
export function stampText(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19).replace('T', ' ')
}
