import { dayTime } from './local-time.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Comfort periods of Monday to Sunday, in minutes since midnight; stop may be 1440. */
export type Week = readonly (readonly (readonly [start: number, stop: number])[])[]

/** Whether the week program is in a comfort period at a local time, and the local time since when it has been like that at least. */
export function programAt(week: Week, local: number): { comfort: boolean; since: number } {
  const { weekday, time } = dayTime(local)
  const midnight = local - time
  const periods = week[weekday] ?? []
  let since = 0
  for (let n = 0; n < periods.length; n++) {
    const start = (periods[n]?.[0] ?? 0) * minute
    const stop = (periods[n]?.[1] ?? 0) * minute
    if (start >= stop) continue
    if (time >= start && time < stop) return { comfort: true, since: midnight + start }
    if (time >= stop) since = Math.max(since, stop)
  }
  return { comfort: false, since: midnight + since }
}

/** HHMM, as controllers keep it, to minutes since midnight. */
export function minutesOf(hhmm: number): number {
  return Math.min(Math.floor(hhmm / 100) * 60 + (hhmm % 100), day / minute)
}

/** Minutes since midnight to HHMM. */
export function hhmmOf(minutes: number): number {
  return Math.floor(minutes / 60) * 100 + (minutes % 60)
}
