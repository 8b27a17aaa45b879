import type { RegisterEvent } from './register.ts'
import type { Walked } from './walk.ts'

/** What was used between two moments, in the unit of the register. */
export type Consumed = {
  /** Null when nothing can be compared. Never negative. */
  value: number | null
  /** How much of it is spread evenly over a time without readings. */
  interpolated: number
  /** Share of the time that readings cover, 0 to 1. */
  valid: number
  /** UTC ms of what it was counted from and to; null without any. */
  from: number | null
  to: number | null
  /** The readings reach over the whole time, and nothing in it is unknown. */
  complete: boolean
  exchanges: number
  resets: number
  stray: number
}

/** A reading so long before the end still stands for the end, ms. */
const reachMs = 60 * 60_000
const resets = new Set<RegisterEvent['kind']>(['reset', 'backwards', 'jump'])
const strays = new Set<RegisterEvent['kind']>(['stray', 'dropOut', 'jitter', 'catchUp'])

/**
 * What was used in each interval between ascending moments (UTC ms), one fewer than edges. Where no reading lies at an edge, what was used
 * between the readings around it is shared out by time, so that parts add up to the whole.
 */
export function consumedBetween(walked: Walked, edges: readonly number[]): Consumed[] {
  let row = 0
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] as number
    while (row + 1 < walked.at.length && (walked.at[row + 1] as number) <= from) row++
    return between(walked, row, from, to)
  })
}

/** `row`: the last one that is not after `from`, or the first. */
function between({ at, total, covered, unknown, events }: Walked, row: number, from: number, to: number): Consumed {
  const result: Consumed = {
    value: null,
    interpolated: 0,
    valid: 0,
    from: null,
    to: null,
    complete: true,
    exchanges: 0,
    resets: 0,
    stray: 0,
  }
  const first = at[row]
  if (first === undefined || first > to) return { ...result, complete: false }
  let [begin, end] = [Number.NaN, Number.NaN]
  let coveredMs = 0
  const meet = (when: number, amount: number) => {
    result.from ??= when
    result.to = when
    if (Number.isNaN(begin)) begin = amount
    end = amount
  }
  if (first >= from) meet(first, total[row] as number)
  for (let i = row + 1; i < at.length && (at[i - 1] as number) < to; i++) {
    const [a, b] = [at[i - 1] as number, at[i] as number]
    const [u, v] = [Math.max(a, from), Math.min(b, to)]
    if (v < from || u > v) continue
    const [low, high] = [total[i - 1] as number, total[i] as number]
    const amountAt = (when: number) => (when === a ? low : when === b ? high : low + ((high - low) * (when - a)) / (b - a))
    meet(u, amountAt(u))
    meet(v, amountAt(v))
    const part = (v - u) / (b - a)
    coveredMs += (covered[i] as number) * part
    result.interpolated += (high - low) * part * (1 - (covered[i] as number) / (b - a))
    if (unknown[i] === 1 && v > u) result.complete = false
  }
  for (const { kind, to: when, samples } of events) {
    if (when <= from || when > to) continue
    if (kind === 'exchange') result.exchanges++
    else if (resets.has(kind)) result.resets++
    else if (strays.has(kind)) result.stray += samples
  }
  const counted = result.from !== null && result.to !== null && result.to > result.from
  const reaches = result.from !== null && result.to !== null && result.from <= from && result.to >= to - reachMs
  return {
    ...result,
    value: counted ? end - begin : null,
    valid: to > from ? Math.min(1, coveredMs / (to - from)) : 0,
    complete: result.complete && reaches,
  }
}
