import type { Quality } from '../../reading.ts'
import type { Check, Verdict } from '../check.ts'
import { counts, roundingOf } from './quality.ts'

/**
 * Above a limit (`side` 1) or below it (-1); the limit itself is within. Once the alarm is raised, the value has to come back by `deadband`,
 * or to the limit itself without one.
 */
export function limitCheck(series: number, side: 1 | -1, limit: number, deadband: number): Check {
  let shown = Number.NaN
  const least = roundingOf(limit)
  return {
    series: [series],
    take(_i: number, value: number, quality: Quality, _at: number, active: boolean): Verdict {
      if (!counts(value, quality)) return 'unknown'
      shown = value
      const over = (value - limit) * side
      return over > (active ? least - deadband : least) ? 'beyond' : 'within'
    },
    shown: () => ({ value: shown, limit }),
  }
}
