const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The clocks of gateways drift; what is further ahead would hide the values that come until then. */
export const mostAheadMs = 5 * minute
export const oldestMs = 366 * day

/** UTC ms in whole seconds, or why a time stamp is not taken. */
export type Stamp = number | 'badTime' | 'future' | 'old'

/**
 * Reads seconds or milliseconds since 1970 (number or digits), ISO 8601 with or without zone, and day.month.year. A stamp without a
 * zone is local time of `zone`; the hour that the clock goes through twice is taken as the one nearer to `now`, UTC ms.
 */
export function readStamp(raw: unknown, zone: string, now: number): Stamp {
  const at = millisecondsOf(raw, zone, now)
  if (at === null) return 'badTime'
  const whole = Math.floor(at / 1000) * 1000
  if (whole > now + mostAheadMs) return 'future'
  if (whole < now - oldestMs) return 'old'
  return whole
}

function millisecondsOf(raw: unknown, zone: string, now: number): number | null {
  if (typeof raw === 'number') return sinceEpoch(raw)
  if (typeof raw !== 'string') return null
  const text = raw.trim()
  if (/^\d{1,14}(\.\d+)?$/.test(text)) return sinceEpoch(Number(text))
  const iso = isoForm.exec(text)
  if (iso) return fromParts([iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]], iso[7], zone, now)
  const dotted = dottedForm.exec(text)
  return dotted && fromParts([dotted[3], dotted[2], dotted[1], dotted[4], dotted[5], dotted[6]], undefined, zone, now)
}

const isoForm = /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d\d:?(?:\d\d)?)?$/i
const dottedForm = /^(\d\d)\.(\d\d)\.(\d{4}),? (\d\d):(\d\d)(?::(\d\d))?$/

/** Seconds reach 11 digits in the year 5138, milliseconds had 12 in 1973. */
const firstMilliseconds = 1e11
const endOfMilliseconds = 1e14

function sinceEpoch(count: number): number | null {
  if (!(count > 0 && count < endOfMilliseconds)) return null
  return count < firstMilliseconds ? count * 1000 : count
}

function fromParts(parts: readonly (string | undefined)[], offset: string | undefined, zone: string, now: number): number | null {
  const [year = 0, month = 0, dayOf = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
  const asUtc = Date.UTC(year, month - 1, dayOf, hours, minutes, seconds)
  const back = new Date(asUtc)
  // 31 February and 25:61 would be moved on silently.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== dayOf || minutes > 59 || seconds > 59) return null
  if (offset === undefined) return fromLocal(asUtc, zone, now)
  return asUtc - offsetMs(offset)
}

function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0
  const digits = offset.slice(1).replace(':', '')
  const size = Number(digits.slice(0, 2)) * hour + Number(digits.slice(2) || 0) * minute
  return offset.startsWith('-') ? -size : size
}

function fromLocal(local: number, zone: string, now: number): number {
  const candidates = [...new Set([local - offsetAt(zone, local - day), local - offsetAt(zone, local + day)])]
  const real = candidates.filter((at) => at + offsetAt(zone, at) === local)
  // A local time that the clock jumps over exists in neither reading; the one before the jump is as good as can be.
  const among = real.length > 0 ? real : candidates.slice(0, 1)
  return among.reduce((best, at) => (Math.abs(at - now) < Math.abs(best - now) ? at : best))
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Local time minus UTC in ms, at a moment. */
function offsetAt(zone: string, at: number): number {
  let clock = clocks.get(zone)
  if (!clock) {
    const two = '2-digit' as const
    clock = new Intl.DateTimeFormat('en-u-ca-gregory', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    })
    clocks.set(zone, clock)
  }
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day: dayOf = 1, hour: hours = 0, minute: minutes = 0, second = 0 } = part
  return Date.UTC(year, month - 1, dayOf, hours, minutes, second) - Math.floor(at / 1000) * 1000
}
