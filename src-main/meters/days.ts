const hourMs = 3_600_000

/** Today and this month up to now, and the whole of yesterday, by the calendar of a time zone. `to` of what is past is its end. */
export function periodsAt(now: number, timeZone: string) {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  /** The local clock as if it were UTC. */
  const localOf = (at: number) => {
    const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second)
  }
  /** UTC of a local midnight; of the first moment after it where the clock skips midnight. */
  const utcOf = (local: number) => {
    let at = local - (localOf(local) - local)
    at -= localOf(at) - local
    return localOf(at) < local ? at + hourMs : at
  }
  const here = new Date(localOf(now))
  const [year, month, day] = [here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate()]
  const today = utcOf(Date.UTC(year, month, day))
  return {
    today: { from: today, to: now },
    yesterday: { from: utcOf(Date.UTC(year, month, day - 1)), to: today },
    month: { from: utcOf(Date.UTC(year, month, 1)), to: now },
  }
}
