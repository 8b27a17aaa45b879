import type { Calendar } from '../../calendar.ts'
import type { Quality } from '../../reading.ts'
import type { Check, Verdict } from '../check.ts'
import { CountUp } from './count-up.ts'
import { spanAfter } from './day-window.ts'
import { counts } from './quality.ts'

/** `side` 1: more than the limit within the time of day, -1: less. Times are local, such as 22:00. */
export type Consumption = { side: 1 | -1; limit: number; from: string; to: string; mostPerHour: number }

/**
 * What a register counted within a time of day. More than the limit is so as soon as it was counted; less is known at the end. What one day
 * showed holds until a later one has shown otherwise, so that a leak of each night is one alarm. The index at begin and end is taken from the
 * samples around them, in proportion, when they are no further apart than a third of the time; otherwise it is not known, and only what was
 * surely used counts. `shown` gives what was used on the day that decided.
 */
export function consumptionCheck(series: number, { side, limit, from, to, mostPerHour }: Consumption, calendar: Calendar): Check {
  const count = new CountUp(mostPerHour)
  let start = Number.NaN
  let end = -Infinity
  let begun = false
  /** The index at the begin was known, and all that was used since. */
  let whole = false
  let base = 0
  let apartMs = 0
  let used = Number.NaN
  let shown = Number.NaN
  let verdict: Verdict = 'unknown'

  const next = (at: number): void => {
    const span = spanAfter(calendar, from, to, at)
    start = span.from
    end = span.to
    apartMs = (end - start) / 3 + 60_000
    begun = false
  }
  const decide = (isWhole: boolean): Verdict => {
    if (side > 0) return used > limit ? 'beyond' : isWhole ? 'within' : 'unknown'
    return used >= limit ? 'within' : isWhole ? 'beyond' : 'unknown'
  }
  /** Goes on from one sample that counts to the next one. */
  const pass = (before: number, total: number, broke: boolean): void => {
    const { at } = count
    const isNear = !broke && at - before <= apartMs
    const part = (moment: number) => total + ((count.total - total) * (moment - before)) / (at - before)
    if (!begun && at >= start) {
      begun = true
      whole = at === start || (isNear && before <= start)
      base = at === start || !whole ? count.total : part(start)
    } else if (begun && broke) whole = false
    if (!begun) return
    if (at < end) {
      used = count.total - base
      if (side > 0 && used > limit) verdict = 'beyond'
      if (verdict === 'unknown' || used > limit) shown = used
      return
    }
    const last = at === end ? count.total : isNear ? part(end) : total
    used = Math.max(0, last - base)
    shown = used
    verdict = decide(whole && (at === end || isNear))
  }

  return {
    series: [series],
    take(_i: number, value: number, quality: Quality, at: number): Verdict {
      if (!counts(value, quality)) return 'unknown'
      const { at: before, total, breaks } = count
      if (!count.take(value, at)) return verdict
      if (!(at > before)) {
        next(at)
        begun = at >= start
        whole = at === start
        base = count.total
        return verdict
      }
      pass(before, total, count.breaks > breaks)
      while (at >= end) {
        next(end)
        if (at >= start) pass(before, total, count.breaks > breaks)
      }
      return verdict
    },
    shown: () => ({ value: shown, limit }),
  }
}
