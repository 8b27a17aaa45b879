import type { Quality } from '../../reading.ts'
import type { Restartable, Verdict } from '../check.ts'
import { counts, roundingOf } from './quality.ts'

/** Shorter times without a good value are no gap, since points are stored each quarter hour. */
const leastGapMs = 30 * 60_000

/**
 * All good values of the last `forMs` lie within a band of `within`. A gap of more than half that time begins it anew. No value at all is not
 * the same value (that is `missing`). It moves only when it was seen to: until then it is not known.
 */
export function stuckCheck(series: number, forMs: number, within: number): Restartable {
  const gapMs = Math.max(leastGapMs, forMs / 2)
  let low = Number.NaN
  let high = Number.NaN
  let since = 0
  let last = 0
  let moved = false
  let shown = Number.NaN
  return {
    series: [series],
    take(_i: number, value: number, quality: Quality, at: number): Verdict {
      if (!counts(value, quality)) return 'unknown'
      shown = value
      const gone = at - last
      last = at
      if (Number.isNaN(low) || gone > gapMs || gone < 0) {
        low = high = value
        since = at
        moved = false
        return 'unknown'
      }
      if (value < low) low = value
      if (value > high) high = value
      if (high - low > within + roundingOf(value)) {
        low = high = value
        since = at
        moved = true
        return 'within'
      }
      if (at - since >= forMs) return 'beyond'
      return moved ? 'within' : 'unknown'
    },
    restart() {
      low = Number.NaN
    },
    shown: () => ({ value: shown, limit: null }),
  }
}
