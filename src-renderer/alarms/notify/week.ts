import type { Hours, Schedule } from '#shared/alarms/notify.ts'

export const dayMinutes = 24 * 60
/** A stretch of one day, 1 Monday to 7 Sunday; minutes from midnight. */
export type Bar = { day: number; from: number; to: number }

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

/** The hours of a day as stretches; what ends at or before its begin goes on into the next day. */
export function barsOn(day: number, { from, to }: Hours): Bar[] {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  if (end > start) return [{ day, from: start, to: end }]
  const tail = { day: (day % 7) + 1, from: 0, to: end }
  return [{ day, from: start, to: dayMinutes }, ...(end > 0 ? [tail] : [])]
}

/** The week of a schedule as stretches, day by day, with what overlaps or touches made one. */
export function barsOf(week: Schedule['week']): Bar[] {
  const all = week.flatMap(({ days, ...hours }) => days.flatMap((day) => barsOn(day, hours)))
  const joined: Bar[] = []
  for (const bar of all.sort((a, b) => a.day - b.day || a.from - b.from)) {
    const last = joined.at(-1)
    if (last && last.day === bar.day && bar.from <= last.to) last.to = Math.max(last.to, bar.to)
    else joined.push({ ...bar })
  }
  return joined
}
