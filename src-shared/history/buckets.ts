import { addDays, addMonths, createCalendar } from '../calendar.ts'
import { qualities } from '../reading.ts'
import type { Buckets, Gaps } from './port.ts'
import type { Samples } from './reduce.ts'
import type { Step } from './step.ts'

const quarterMs = 15 * 60_000
const hourMs = 60 * 60_000
const withoutValue = new Set(['fault', 'offline', 'stale'].map((name) => qualities.indexOf(name as 'fault')))

/** Whether a sample takes part in sums: it has a value that the device stood by when it was taken. */
export function counts(value: number, quality: number): boolean {
  return Number.isFinite(value) && !withoutValue.has(quality)
}

/** First moments (UTC ms) of the buckets that from <= at < to touches, and behind them the end of the last one. */
export function edgesOf(step: Exclude<Step, 'raw'>, from: number, to: number, timeZone: string): number[] {
  if (step === '15min') return evenly(Math.floor(from / quarterMs) * quarterMs, to, quarterMs)
  const calendar = createCalendar(timeZone)
  if (step === 'hour') {
    // Offsets that are no whole hour begin their hours at another minute.
    const shift = ((calendar.offset(from) % hourMs) + hourMs) % hourMs
    return evenly(Math.floor((from + shift) / hourMs) * hourMs - shift, to, hourMs)
  }
  const edges: number[] = []
  let date = calendar.dateAt(from)
  if (step === 'month') date = `${date.slice(0, 7)}-01`
  for (;;) {
    const edge = calendar.startOf(date)
    edges.push(edge)
    if (edge >= to) return edges
    date = step === 'month' ? addMonths(date, 1) : addDays(date, 1)
  }
}

function evenly(first: number, to: number, length: number): number[] {
  const edges = [first]
  for (let edge = first; edge < to;) edges.push((edge += length))
  return edges
}

/** Samples of one series, oldest first, summed up between the edges (as of edgesOf). What lies outside of them is left out. */
export function bucketsOf(series: number, samples: Samples, edges: readonly number[]): Buckets {
  const buckets = emptyBuckets(series, Math.max(0, edges.length - 1))
  let row = -1
  let edge = 0
  let open = Number.NaN
  let sum = 0
  let good = 0
  for (let i = 0; i < samples.at.length; i++) {
    const at = samples.at[i] as number
    if (at < (edges[0] ?? Infinity)) continue
    while (edge + 1 < edges.length && at >= (edges[edge + 1] as number)) edge++
    if (edge + 1 >= edges.length) break
    if (edges[edge] !== open) {
      open = edges[edge] as number
      begin(buckets, ++row, open)
      sum = 0
      good = 0
    }
    buckets.count[row] = (buckets.count[row] as number) + 1
    const value = samples.value[i] as number
    if (!counts(value, samples.quality[i] as number)) {
      buckets.absent[row] = (buckets.absent[row] as number) + 1
      continue
    }
    good++
    sum += value
    buckets.mean[row] = sum / good
    take(buckets, row, at, value)
  }
  return cut(buckets, row + 1)
}

function begin(buckets: Buckets, row: number, at: number): void {
  buckets.at[row] = at
  for (const column of ['min', 'max', 'mean', 'first', 'last', 'firstAt', 'lastAt'] as const) buckets[column][row] = Number.NaN
}

function take(buckets: Buckets, row: number, at: number, value: number): void {
  const before = buckets.last[row] as number
  if (Number.isNaN(before)) {
    buckets.firstAt[row] = at
    buckets.first[row] = value
    buckets.min[row] = value
    buckets.max[row] = value
  } else {
    const step = value - before
    if (step < 0) buckets.drops[row] = (buckets.drops[row] as number) + 1
    else buckets.increase[row] = (buckets.increase[row] as number) + step
    if (step > (buckets.leap[row] as number)) buckets.leap[row] = step
    if (value < (buckets.min[row] as number)) buckets.min[row] = value
    if (value > (buckets.max[row] as number)) buckets.max[row] = value
  }
  buckets.lastAt[row] = at
  buckets.last[row] = value
}

/** Columns for so many rows. */
export function emptyBuckets(series: number, length: number): Buckets {
  const numbers = () => new Float64Array(length)
  const whole = () => new Uint32Array(length)
  return {
    series,
    at: numbers(),
    count: whole(),
    absent: whole(),
    min: numbers(),
    max: numbers(),
    mean: numbers(),
    firstAt: numbers(),
    first: numbers(),
    lastAt: numbers(),
    last: numbers(),
    increase: numbers(),
    drops: whole(),
    leap: numbers(),
  }
}

function cut(buckets: Buckets, length: number): Buckets {
  const columns = Object.entries(buckets).map(([name, column]) => [name, typeof column === 'number' ? column : column.slice(0, length)])
  return Object.fromEntries(columns) as Buckets
}

/** Where samples that count lie further apart than `everyMs`, also at the ends of the range. */
export function gapsOf(series: number, samples: Samples, { from, to }: { from: number; to: number }, everyMs: number): Gaps {
  const found: [number, number][] = []
  let before = from
  for (let i = 0; i < samples.at.length; i++) {
    if (!counts(samples.value[i] as number, samples.quality[i] as number)) continue
    const at = samples.at[i] as number
    if (at - before > everyMs) found.push([before, at])
    before = at
  }
  if (to - before > everyMs) found.push([before, to])
  return { series, from: Float64Array.from(found, ([begun]) => begun), to: Float64Array.from(found, ([, ended]) => ended) }
}
