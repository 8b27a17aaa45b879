/** A day of the calendar, such as 2026-03-29, without a time zone. */
export type LocalDate = string
/** A moment of the wall clock, such as 2026-03-29T02:30, without a time zone. */
export type LocalTime = string

const dayMs = 24 * 60 * 60_000
const weekMs = 7 * dayMs

/** What the wall clock of a time zone shows, and when it shows something. Days have 23, 24 or 25 hours. */
export type Calendar = ReturnType<typeof createCalendar>

export function createCalendar(timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const asked = (at: number): number => {
    const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
  }
  // Asking takes long, and clocks change at most once in a week.
  const weeks = new Map<number, number>()
  const atWeek = (week: number): number => {
    const known = weeks.get(week) ?? asked(week * weekMs)
    weeks.set(week, known)
    return known
  }
  const offset = (at: number): number => {
    const week = Math.floor(at / weekMs)
    const before = atWeek(week)
    return before === atWeek(week + 1) ? before : asked(at)
  }
  /** The wall clock's reading at a moment, written as if it were UTC. */
  const wall = (at: number): number => Math.floor(at / 1000) * 1000 + offset(at)
  /** The first moment at which the wall clock shows the time; where it is skipped, the moment of the skip. */
  const moment = (wanted: number): number => {
    const before = wanted - offset(wanted - dayMs)
    const after = wanted - offset(wanted + dayMs)
    const shown = [before, after].filter((at) => wall(at) === wanted)
    return shown.length > 0 ? Math.min(...shown) : Math.max(before, after)
  }
  return {
    timeZone,
    dateAt: (at: number): LocalDate => new Date(wall(at)).toISOString().slice(0, 10),
    timeAt: (at: number): LocalTime => new Date(wall(at)).toISOString().slice(0, 16),
    /** Ms by which the wall clock is ahead of UTC. */
    offset,
    startOf: (date: LocalDate): number => moment(Date.parse(`${date}T00:00:00Z`)),
    momentOf: (time: LocalTime): number => moment(Date.parse(`${time.slice(0, 16)}:00Z`)),
  }
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** The same day of another month, or its last day where it is shorter. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

export function isDate(text: string | undefined): text is LocalDate {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

export function isTime(text: string | undefined): text is LocalTime {
  return text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}:00Z`))
}
