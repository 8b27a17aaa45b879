import { qualities } from '../reading.ts'
import type { StoredLine } from './port.ts'

/** Samples of one series, oldest first: `at` UTC ms, each later than the one before; `value` NaN = absent. */
export type Samples = { at: Float64Array; value: Float64Array; quality: Uint8Array }

/** A hole longer than this many usual distances is a gap. */
const gapFactor = 2.5
/** The usual distance at a place is the median of this many distances before it or after it, whichever is longer. */
const neighbours = 5
const missed = qualities.indexOf('offline')

/**
 * A line as `width` can show it. Up to `width` samples stay as they are; more become about `width` rows of equal time with mean,
 * smallest and largest value and the worst quality, between the first and the last sample as they are. A gap and a run of
 * absent values become one row with NaN (at most one in a bucket), so that a drawn line breaks there.
 */
export function reduce(series: number, samples: Samples, width: number): StoredLine {
  const { at, value } = samples
  const stored = at.length
  const rows = new Rows()
  if (stored <= width) {
    for (let i = 0; i < stored; i++) {
      if (i > 0) rows.gap(hole(at, i))
      rows.push(at[i] as number, value[i] as number, samples.quality[i] as number)
    }
    return { series, stored, ...rows.columns(), min: null, max: null }
  }
  bucket(samples, width, rows)
  return { series, stored, ...rows.columns(), ...rows.bounds() }
}

function bucket({ at, value, quality }: Samples, width: number, rows: Rows): void {
  const last = at.length - 1
  const first = at[0] as number
  const size = ((at[last] as number) - first) / width
  let current = 0
  let broken = false
  let part = emptyPart()
  const close = () => {
    if (part.count > 0) rows.push((part.from + part.to) / 2, part.sum / part.count, part.quality, part.min, part.max)
    part = emptyPart()
  }
  rows.push(first, value[0] as number, quality[0] as number)
  for (let i = 1; i < last; i++) {
    const time = at[i] as number
    const index = Math.floor((time - first) / size)
    if (index !== current) {
      close()
      current = index
      broken = false
    }
    const before = broken ? undefined : hole(at, i)
    if (before !== undefined) {
      close()
      rows.gap(before)
      broken = true
    }
    if (!Number.isNaN(value[i])) take(part, time, value[i] as number, quality[i] as number)
    else if (!broken) {
      close()
      rows.push(time, Number.NaN, quality[i] as number)
      broken = true
    }
  }
  close()
  rows.gap(hole(at, last))
  rows.push(at[last] as number, value[last] as number, quality[last] as number)
}

/** When the sample that should follow sample i - 1 was missed; undefined when there is no gap between them. */
function hole(at: Float64Array, i: number): number | undefined {
  const before = Math.max(1, i - neighbours)
  const after = Math.min(at.length, i + 1 + neighbours)
  const known = after - before > 1
  const longest = distanceTo(at, i) / gapFactor
  if (!known || medianReaches(at, before, i, longest) || medianReaches(at, i + 1, after, longest)) return undefined
  return (at[i - 1] as number) + Math.max(median(at, before, i), median(at, i + 1, after))
}

/** Whether the median distance to the samples from <= i < to is at least this long, without sorting them. */
function medianReaches(at: Float64Array, from: number, to: number, distance: number): boolean {
  let missing = (to - from + 1) >> 1
  for (let i = from; i < to && missing > 0; i++) if (distanceTo(at, i) >= distance) missing--
  return to > from && missing === 0
}

/** 0 when there are none. */
function median(at: Float64Array, from: number, to: number): number {
  const distances: number[] = []
  for (let i = from; i < to; i++) distances.push(distanceTo(at, i))
  distances.sort((a, b) => a - b)
  return distances[distances.length >> 1] ?? 0
}

function distanceTo(at: Float64Array, i: number): number {
  return (at[i] as number) - (at[i - 1] as number)
}

type Part = { count: number; sum: number; min: number; max: number; from: number; to: number; quality: number }

function emptyPart(): Part {
  return { count: 0, sum: 0, min: Infinity, max: -Infinity, from: 0, to: 0, quality: 0 }
}

function take(part: Part, at: number, value: number, quality: number): void {
  if (part.count === 0) part.from = at
  part.to = at
  part.count++
  part.sum += value
  part.min = Math.min(part.min, value)
  part.max = Math.max(part.max, value)
  part.quality = worse(part.quality, quality)
}

/** In the order of `qualities` good is the best, then each is milder than the one before. */
function worse(a: number, b: number): number {
  if (a === 0 || b === 0) return Math.max(a, b)
  return Math.min(a, b)
}

class Rows {
  readonly #at: number[] = []
  readonly #value: number[] = []
  readonly #quality: number[] = []
  readonly #min: number[] = []
  readonly #max: number[] = []

  push(at: number, value: number, quality: number, min = value, max = value): void {
    this.#at.push(at)
    this.#value.push(value)
    this.#quality.push(quality)
    this.#min.push(min)
    this.#max.push(max)
  }

  gap(at: number | undefined): void {
    if (at !== undefined) this.push(at, Number.NaN, missed)
  }

  columns(): { at: Float64Array; value: Float64Array; quality: Uint8Array } {
    return { at: Float64Array.from(this.#at), value: Float64Array.from(this.#value), quality: Uint8Array.from(this.#quality) }
  }

  bounds(): { min: Float64Array; max: Float64Array } {
    return { min: Float64Array.from(this.#min), max: Float64Array.from(this.#max) }
  }
}
