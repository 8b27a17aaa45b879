import type { Quality } from '../../reading.ts'
import type { Restartable, Verdict } from '../check.ts'
import { counts } from './quality.ts'

/** After a start so much time is given for the first readings to come. */
const graceMs = 20 * 60_000

/**
 * No good value for `forMs`. Where none was ever seen the time counts from when it was first looked at; with `onceGood` such a point is not
 * missed at all.
 */
export function missingCheck(series: number, forMs: number, onceGood: boolean): Restartable {
  let seen = false
  let good = Number.NaN
  let first = Number.NaN
  return {
    series: [series],
    take(_i: number, value: number, quality: Quality, at: number): Verdict {
      if (!counts(value, quality)) return 'unknown'
      seen = true
      good = at
      return 'within'
    },
    tick(at: number, active: boolean): Verdict {
      if (Number.isNaN(first) || at < first) first = at
      if (at < good) good = at
      if (onceGood && !seen) return active ? 'beyond' : 'unknown'
      const isKnown = !Number.isNaN(good)
      if (at - (isKnown ? good : first) < forMs) return isKnown ? 'within' : 'unknown'
      return active || at - first >= Math.min(graceMs, forMs) ? 'beyond' : 'unknown'
    },
    restart() {
      good = Number.NaN
      first = Number.NaN
    },
    shown: () => ({ value: Number.NaN, limit: null }),
  }
}
