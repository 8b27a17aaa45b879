import type { Telegram } from './telegram.ts'

/** A meter whose clock differs by more than this from ours says nothing about when it measured, ms. */
const mostBehind = 3 * 60_000
const mostAhead = 60_000

/** The meter's own clock as it stands in an answer, `YYYY-MM-DDThh:mm` with seconds where it sends them, or null. */
export function clockOf(telegrams: readonly Telegram[]): string | null {
  for (const { records } of telegrams) {
    for (const { quantity, value, function: kind, storage, tariff, subunit, notes } of records) {
      const isNow = kind === 'instant' && storage === 0 && tariff === 0 && subunit === 0 && notes.length === 0
      if (isNow && quantity === 'dateTime' && value.kind === 'dateTime') return value.dateTime
    }
  }
  return null
}

/**
 * UTC ms of the meter's clock when it agrees with ours (`now`), otherwise null. Meters say no time zone: it is taken as the local
 * time of this machine, with summer time and without it, as many meters never change theirs.
 */
export function credibleTime(dateTime: string, now: number): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = dateTime.split(/[-T:]/).map(Number)
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second)
  const zone = (monthIndex: number) => new Date(year, monthIndex, 1).getTimezoneOffset() * 60_000
  const local = new Date(year, month - 1, day, hour, minute, second).getTime()
  const standard = asUtc + Math.max(zone(0), zone(6))
  const found = [local, standard].find((at) => at >= now - mostBehind && at <= now + mostAhead)
  return found === undefined ? null : Math.min(found, now)
}
