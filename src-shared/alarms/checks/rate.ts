import type { Quality } from '../../reading.ts'
import type { Restartable, Verdict } from '../check.ts'
import { counts, roundingOf } from './quality.ts'

const hourMs = 3_600_000
/** Samples that are kept of the time over which the change is measured. */
const kept = 32
/** Where samples are sparse, the earlier one may be older by so much, or as old as twice the time. */
const olderMs = 20 * 60_000

export type Rate = { rise: number | null; fall: number | null; minutes: number }

/**
 * Rises or falls by more than so much in an hour, measured between now and the newest value that is at least `minutes` old (and at most twice
 * as old, or 20 minutes older). A sensor fault, a value of another kind and half that time without a good value begin it anew. `shown` gives
 * the change per hour.
 */
export function rateCheck(series: number, { rise, fall, minutes }: Rate): Restartable {
  const overMs = minutes * 60_000
  const oldestMs = Math.max(2 * overMs, overMs + olderMs)
  const stepMs = overMs / kept
  // A ring with room for one that is older than the time and one that is newer than the last step.
  const size = kept + 2
  const at = new Float64Array(size)
  const value = new Float64Array(size)
  let first = 0
  let length = 0
  let last = Number.NaN
  let lastQuality: Quality = 'good'
  let lost = false
  let rate = Number.NaN
  let limit: number | null = null

  return {
    series: [series],
    take(_i: number, reading: number, quality: Quality, time: number): Verdict {
      if (!counts(reading, quality)) {
        if (quality === 'fault') length = 0
        lost = true
        return 'unknown'
      }
      const gone = time - last
      if (quality !== lastQuality || gone < 0 || (lost && gone > overMs / 2)) length = 0
      last = time
      lastQuality = quality
      lost = false
      // The oldest goes as soon as the one behind it is old enough.
      while (length > 1 && time - (at[(first + 1) % size] as number) >= overMs) {
        first = (first + 1) % size
        length--
      }
      if (length > 0 && time - (at[first] as number) > oldestMs) length = 0
      const isKnown = length > 0 && time - (at[first] as number) >= overMs
      if (isKnown) rate = ((reading - (value[first] as number)) / (time - (at[first] as number))) * hourMs
      if (length === 0 || time - (at[(first + length - 1) % size] as number) >= stepMs) {
        at[(first + length) % size] = time
        value[(first + length) % size] = reading
        length++
      }
      if (!isKnown) return 'unknown'
      limit = rate < 0 && fall !== null ? -fall : rise === null ? (fall === null ? null : -fall) : rise
      return (rise !== null && rate > rise + roundingOf(rise)) || (fall !== null && -rate > fall + roundingOf(fall)) ? 'beyond' : 'within'
    },
    restart() {
      length = 0
    },
    shown: () => ({ value: rate, limit }),
  }
}
