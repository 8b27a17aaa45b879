import type { Quality } from '../../reading.ts'
import type { Check, Verdict } from '../check.ts'
import { counts, roundingOf } from './quality.ts'

/** The two are of one time when they are no further apart than this, or than two of the longer of their intervals. */
const apartMs = 20 * 60_000

export type Deviation = { above: number | null; below: number | null; deadband: number }

/**
 * Further above or below a reference than allowed. Both must be good and of nearly the same time. `shown` gives the value and the highest or
 * lowest that it might have.
 */
export function deviationCheck(series: number, reference: number, { above, below, deadband }: Deviation): Check {
  const measured = new Track()
  const wanted = new Track()
  /** Which side it was raised on; 0: not known, as after a start. */
  let side = 0
  let shown = Number.NaN
  let limit: number | null = null

  const judge = (active: boolean): Verdict => {
    if (Number.isNaN(measured.value) || Number.isNaN(wanted.value)) return 'unknown'
    const apart = Math.abs(measured.at - wanted.at)
    if (apart > apartMs && apart > 2 * Math.max(measured.interval, wanted.interval)) return 'unknown'
    const over = measured.value - wanted.value
    const least = roundingOf(wanted.value)
    const isAbove = above !== null && over > above + least
    const isBelow = below !== null && -over > below + least
    if (isAbove || isBelow || !active || side === 0) side = below === null || (above !== null && over >= 0) ? 1 : -1
    const most = (side > 0 ? above : below) ?? Infinity
    shown = measured.value
    limit = most === Infinity ? null : wanted.value + side * most
    return isAbove || isBelow || (active && over * side > most + least - deadband) ? 'beyond' : 'within'
  }

  return {
    series: [series, reference],
    take(i: number, value: number, quality: Quality, at: number, active: boolean): Verdict {
      const track = i === 0 ? measured : wanted
      if (counts(value, quality)) {
        track.take(value, at)
        return judge(active)
      }
      track.value = Number.NaN
      return 'unknown'
    },
    shown: () => ({ value: shown, limit }),
  }
}

/** The last good value of a series, NaN when what came last was none. */
class Track {
  value = Number.NaN
  at = Number.NaN
  /** The shorter one of the last two distances: one gap makes no interval. */
  interval = 0
  #last = Infinity

  take(value: number, at: number): void {
    const distance = at - this.at
    if (distance > 0) {
      this.interval = Math.min(distance, this.#last)
      this.#last = distance
    }
    this.value = value
    this.at = at
  }
}
