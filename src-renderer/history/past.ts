import { addDays, addMonths, type Calendar, type LocalDate } from '#shared/calendar.ts'
import type { Line } from '#shared/history/contract.ts'

const dayMs = 24 * 60 * 60_000

type Day = { from: number; to: number; past: { from: number; to: number } | null; even: boolean }

/**
 * Lays a stretch of time over the same local days a year before. A 29 February has no counterpart. Where the clocks change on one
 * of the two days, each hour of the wall clock lies over the same hour of it.
 */
export function yearBefore(calendar: Calendar, from: number, to: number) {
  const days: Day[] = []
  for (let date = calendar.dateAt(from); calendar.startOf(date) < to; date = addDays(date, 1)) {
    const day = spanOf(calendar, date)
    const before = dateBefore(date)
    const past = before === null ? null : spanOf(calendar, before)
    days.push({ ...day, past, even: past !== null && day.to - day.from === dayMs && past.to - past.from === dayMs })
  }
  const covered = days.flatMap(({ past }) => past ?? [])
  /** The moment of the stretch that shows the wall clock of a moment a year before. Null on a 29 February. */
  const shift = (at: number, day: Day & { past: { from: number } }) => {
    if (day.even) return day.from + at - day.past.from
    const wall = at + calendar.offset(at) - (day.past.from + calendar.offset(day.past.from))
    const time = new Date(Date.UTC(2000, 0, 1) + Math.min(wall, dayMs - 60_000)).toISOString().slice(11, 16)
    return calendar.momentOf(`${calendar.dateAt(day.from)}T${time}`) + (wall % 60_000)
  }
  return {
    /** What is to be asked for, UTC ms. Null when no day has a counterpart. */
    range: covered.length === 0 ? null : { from: covered[0]?.from ?? 0, to: covered.at(-1)?.to ?? 0 },
    /** The samples of a year before on the axis of today; a hole where a day has no counterpart. */
    lay(line: Line): Line {
      const laid: Line = { ...line, at: [], value: [], quality: [], min: line.min && [], max: line.max && [] }
      const put = (at: number, i: number | null) => {
        laid.at.push(at)
        laid.value.push(i === null ? null : (line.value[i] ?? null))
        laid.quality.push(i === null ? 0 : (line.quality[i] ?? 0))
        laid.min?.push(i === null ? null : (line.min?.[i] ?? null))
        laid.max?.push(i === null ? null : (line.max?.[i] ?? null))
      }
      let i = 0
      for (const day of days) {
        const { past } = day
        if (!past) {
          put(day.from, null)
          continue
        }
        while (i < line.at.length && (line.at[i] ?? 0) < past.from) i++
        for (; i < line.at.length && (line.at[i] ?? 0) < past.to; i++) {
          const at = shift(line.at[i] ?? 0, { ...day, past })
          // The hour that a clock shows twice, or jumps over, is drawn once.
          if (at > (laid.at.at(-1) ?? Number.NEGATIVE_INFINITY)) put(at, i)
        }
      }
      return laid
    },
  }
}

function spanOf(calendar: Calendar, date: LocalDate): { from: number; to: number } {
  return { from: calendar.startOf(date), to: calendar.startOf(addDays(date, 1)) }
}

/** The day of the same name a year before; null for a 29 February. */
function dateBefore(date: LocalDate): LocalDate | null {
  const before = addMonths(date, -12)
  return before.slice(5) === date.slice(5) ? before : null
}
