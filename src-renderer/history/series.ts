import type { PointInfo } from '#shared/devices/contract.ts'
import type { Line } from '#shared/history/contract.ts'
import { qualities, type Quality } from '#shared/reading.ts'
import type { Drawn } from './drawn.ts'

/** One line of the chart: the stored samples, with the live ones behind them. */
export type Course = Drawn & {
  color: string
  dash: 'solid' | 'dash' | 'dot'
  at: readonly number[]
  value: readonly (number | null)[]
  quality: readonly number[]
  min: readonly (number | null)[] | null
  max: readonly (number | null)[] | null
  stored: number
}

export type LiveSample = { at: number; value: number | null; quality: number }

/** Named states and everything that is switched have steps, not slopes. */
export function isStepped(point: PointInfo): boolean {
  return point.values !== null || point.role === 'state' || point.is === 'state'
}

/** Puts the live samples behind the stored ones; what is stored already is not drawn twice. */
export function courseOf(drawn: Drawn, look: Pick<Course, 'color' | 'dash'>, line: Line | undefined, live: readonly LiveSample[]): Course {
  const last = line?.at.at(-1) ?? Number.NEGATIVE_INFINITY
  const fresh = withHoles(live.filter(({ at }) => at > last))
  const tail = <T>(column: readonly T[] | undefined, pick: (sample: LiveSample) => T) => [...(column ?? []), ...fresh.map(pick)]
  return {
    ...drawn,
    ...look,
    at: tail(line?.at, (sample) => sample.at),
    value: tail(line?.value, (sample) => sample.value),
    quality: tail(line?.quality, (sample) => sample.quality),
    min: line?.min ? tail(line.min, (sample) => sample.value) : null,
    max: line?.max ? tail(line.max, (sample) => sample.value) : null,
    stored: line?.stored ?? 0,
  }
}

/** Nobody knows what was between two live readings that lie far apart. */
export function withHoles(samples: readonly LiveSample[]): LiveSample[] {
  return samples.flatMap((sample, i) => {
    const before = samples[i - 1]
    return before && sample.at - before.at > holeMs ? [{ at: before.at + 1, value: null, quality: 0 }, sample] : [sample]
  })
}

// Unwatched values are read each quarter of an hour, so that far apart is no hole.
const holeMs = 20 * 60_000

export type Sample = { at: number; value: number | null; quality: Quality; min: number | null; max: number | null }

/** The sample that a cursor at a moment points to: the nearest, or none when it is further than `reachMs`. */
export function sampleAt(course: Course, moment: number, reachMs: number): Sample | null {
  const { at } = course
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] ?? 0) < moment) low = middle + 1
    else high = middle
  }
  const before = at[low - 1]
  const after = at[low]
  const index = before !== undefined && (after === undefined || moment - before <= after - moment) ? low - 1 : low
  const found = at[index]
  if (found === undefined || Math.abs(found - moment) > reachMs) return null
  return {
    at: found,
    value: course.value[index] ?? null,
    quality: qualities[course.quality[index] ?? 0] ?? 'fault',
    min: course.min?.[index] ?? null,
    max: course.max?.[index] ?? null,
  }
}

/** Smallest and largest value of a course in [from, to], from its band where it is reduced. */
export function extremes(
  course: Course,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): { min: number; max: number } | null {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < course.value.length; i++) {
    const value = course.value[i] ?? null
    const at = course.at[i] ?? 0
    if (value === null || at < from || at > to) continue
    min = Math.min(min, course.min?.[i] ?? value)
    max = Math.max(max, course.max?.[i] ?? value)
  }
  return min <= max ? { min, max } : null
}
