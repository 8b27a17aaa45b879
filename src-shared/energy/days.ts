import type { Buckets } from '../history/port.ts'
import { quantile } from './rate.ts'
import { hourMs, type Register } from './register.ts'

/** What a stretch of stored samples is made of when the sums of days do not do. */
export type RawSamples = { at: Float64Array; value: Float64Array }

const times = 10
const share = 0.9
const fewest = 5

/**
 * Rows of day sums of a register in which something is odd, so that the samples themselves must be looked at: steps down, a step up that
 * is far above the usual or more than can be (`mostPerHour`, null when not known), and days that do not go on from the one before.
 */
export function oddRows(days: Buckets, everyMs: number, mostPerHour: number | null): number[] {
  const leaps = days.leap.filter((leap) => leap > 0).sort()
  const usual = leaps.length < fewest ? Infinity : quantile(leaps, share) * times
  const limit = mostPerHour === null ? usual : Math.min(usual, (mostPerHour * everyMs) / hourMs + quantile(leaps, 0))
  const odd = new Set<number>()
  let before = -1
  for (let row = 0; row < days.at.length; row++) {
    if (!hasValue(days, row)) continue
    if ((days.drops[row] as number) > 0 || (days.leap[row] as number) > limit) odd.add(row)
    // A whole day of 0 has dropped out; nothing more is to be learned from its samples.
    if (days.max[row] === 0) continue
    if (before >= 0) {
      const step = (days.first[row] as number) - (days.last[before] as number)
      const elapsed = (days.firstAt[row] as number) - (days.lastAt[before] as number)
      if (step < 0 || step > limit * Math.max(1, elapsed / everyMs)) odd.add(before).add(row)
    }
    before = row
  }
  return [...odd].sort((a, b) => a - b)
}

/**
 * A register out of its day sums: the first and the last sample of each day, which is all that counts where it only went up. `raw` gives the
 * samples of rows where that does not do, null elsewhere. Read every `everyMs`; samples further apart than `mostMs` cover nothing.
 */
export function registerOfDays(days: Buckets, everyMs: number, mostMs: number, raw: (row: number) => RawSamples | null): Register {
  const [at, value, covered]: [number[], number[], number[]] = [[], [], []]
  let before = Number.NaN
  const put = (when: number, amount: number, within?: number) => {
    const distance = when - before
    at.push(when)
    value.push(amount)
    covered.push(within ?? (distance <= mostMs ? distance : 0))
    before = when
  }
  for (let row = 0; row < days.at.length; row++) {
    const samples = raw(row)
    if (samples) {
      samples.at.forEach((when, i) => {
        if (Number.isFinite(samples.value[i] as number) && !(when <= before)) put(when, samples.value[i] as number)
      })
      continue
    }
    if (!hasValue(days, row)) continue
    const [first, last] = [days.firstAt[row] as number, days.lastAt[row] as number]
    put(first, days.first[row] as number)
    if (last === first) continue
    const read = ((days.count[row] as number) - (days.absent[row] as number) - 1) * everyMs
    put(last, days.last[row] as number, read >= last - first - everyMs ? last - first : read)
  }
  return { at: Float64Array.from(at), value: Float64Array.from(value), covered: Float64Array.from(covered) }
}

function hasValue(days: Buckets, row: number): boolean {
  return Number.isFinite(days.firstAt[row] as number)
}
