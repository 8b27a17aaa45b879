import type { Quality } from '../../reading.ts'
import type { Check, Verdict } from '../check.ts'
import { counts } from './quality.ts'

/** The controller says so itself. */
export function controllerCheck(series: number, isAlarm: (value: number) => boolean): Check {
  let shown = Number.NaN
  return {
    series: [series],
    take(_i: number, value: number, quality: Quality): Verdict {
      if (!counts(value, quality)) return 'unknown'
      shown = value
      return isAlarm(value) ? 'beyond' : 'within'
    },
    shown: () => ({ value: shown, limit: null }),
  }
}
