const hour = 3_600_000
const day = 24 * hour

/** A time zone as the controllers' clocks need it. */
export type LocalTime = {
  /** What has to be added to UTC ms to read the local time off as if it were UTC. */
  offset(at: number): number
  /** The same in winter, so that the sun does not jump when clocks do. */
  standardOffset: number
}

/** Throws RangeError for a zone that is not known. */
export function localTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const known = new Map<number, number>()
  // Zones change at whole quarter hours of UTC.
  const step = hour / 4
  const offset = (at: number) => {
    const slot = Math.floor(at / step)
    const cached = known.get(slot)
    if (cached !== undefined) return cached
    const parts: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(slot * step)) parts[type] = Number(value)
    const { year = 1970, month = 1, day: date = 1, hour: hours = 0, minute = 0, second = 0 } = parts
    const found = Date.UTC(year, month - 1, date, hours, minute, second) - slot * step
    if (known.size > 10_000) known.clear()
    known.set(slot, found)
    return found
  }
  const standardOffset = Math.min(offset(Date.UTC(2024, 0, 15)), offset(Date.UTC(2024, 6, 15)))
  return { offset, standardOffset }
}

/** Weekday (0 = Monday) and ms since midnight of a local time counted like UTC ms. */
export function dayTime(local: number): { weekday: number; time: number } {
  const days = Math.floor(local / day)
  // 1 January 1970 was a Thursday.
  return { weekday: (((days + 3) % 7) + 7) % 7, time: local - days * day }
}
