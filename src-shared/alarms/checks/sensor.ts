import type { Quality } from '../../reading.ts'
import type { Check, Verdict } from '../check.ts'

/**
 * The device said `polls` times in a row that the sensor is broken or absent; one good reading says that it is whole. A device that does not
 * answer says nothing of its sensors. `onceGood`: where there never was a good value there is no sensor that could break.
 */
export function sensorCheck(series: number, polls: number, onceGood: boolean): Check {
  let faults = 0
  let last = -Infinity
  let seen = !onceGood
  return {
    series: [series],
    take(_i: number, _value: number, quality: Quality, at: number): Verdict {
      if (quality === 'good') {
        faults = 0
        seen = true
        last = at
        return 'within'
      }
      if (quality !== 'fault') return 'unknown'
      if (at !== last) faults++
      last = at
      return seen && faults >= polls ? 'beyond' : 'unknown'
    },
    shown: () => ({ value: Number.NaN, limit: null }),
  }
}
