import { counts } from '#shared/history/buckets.ts'

/** Names of the columns at rest; all of them UINTEGER (seconds and counts) or DOUBLE, an absent number being NaN. */
export const wholeColumns = ['series', 'at', 'count', 'absent', 'begin', 'end', 'firstAt', 'lastAt', 'drops'] as const
export const realColumns = ['min', 'max', 'sum', 'first', 'last', 'increase', 'leap'] as const

/** Tables of sums beside the samples. `register` repeats the days of registers, so that a thousand of them lie together. */
export const sumTables = ['day', 'hour', 'month', 'register'] as const

type Whole = (typeof wholeColumns)[number]
type Real = (typeof realColumns)[number]

/**
 * Rows of sums: one series in one bucket each. `at` first second of the bucket, `begin` and `end` its outermost samples, `firstAt` and
 * `lastAt` its outermost samples that count (0 without any), the rest as in Buckets (`sum` instead of the mean).
 */
export type SumRows = Record<Whole, Uint32Array> & Record<Real, Float64Array> & { length: number }

const firstRows = 1024

/** Sums up samples that come ordered by series and time. `edges`: first seconds of the buckets, and the end of the last one. */
export class Sums {
  rows: SumRows = emptySums(firstRows)
  readonly #edges: Float64Array
  #edge = 0
  #series = -1
  #row = -1

  constructor(edges: readonly number[]) {
    this.#edges = Float64Array.from(edges)
  }

  add(series: number, second: number, value: number, quality: number): void {
    const edges = this.#edges
    if (series !== this.#series) {
      this.#series = series
      this.#edge = 0
      this.#row = -1
    }
    if (second >= (edges[this.#edge + 1] as number)) {
      this.#edge = lastAtOrBefore(edges, second)
      this.#row = -1
    }
    if (this.#row === -1) this.#begin(series, edges[this.#edge] as number, second)
    const { rows } = this
    const row = this.#row
    rows.count[row] = (rows.count[row] as number) + 1
    rows.end[row] = second
    if (!counts(value, quality)) {
      rows.absent[row] = (rows.absent[row] as number) + 1
      return
    }
    const before = rows.last[row] as number
    rows.sum[row] = (rows.sum[row] as number) + value
    if (Number.isNaN(before)) {
      rows.firstAt[row] = second
      rows.first[row] = value
      rows.min[row] = value
      rows.max[row] = value
    } else {
      const step = value - before
      if (step < 0) rows.drops[row] = (rows.drops[row] as number) + 1
      else if (step > 0) {
        rows.increase[row] = (rows.increase[row] as number) + step
        if (step > (rows.leap[row] as number)) rows.leap[row] = step
      }
      if (value < (rows.min[row] as number)) rows.min[row] = value
      if (value > (rows.max[row] as number)) rows.max[row] = value
    }
    rows.lastAt[row] = second
    rows.last[row] = value
  }

  /** Lets go of all rows, as after they were written. The bucket that is open is forgotten too. */
  clear(): void {
    this.rows = emptySums(firstRows)
    this.#row = -1
    this.#series = -1
  }

  /** Forgets the rows from a length on. */
  cutTo(length: number): void {
    this.rows.length = length
    this.#row = -1
  }

  #begin(series: number, at: number, second: number): void {
    if (this.rows.length === this.rows.at.length) this.rows = grown(this.rows)
    const { rows } = this
    const row = rows.length++
    this.#row = row
    for (const name of wholeColumns) rows[name][row] = 0
    for (const name of realColumns) rows[name][row] = Number.NaN
    rows.sum[row] = 0
    rows.increase[row] = 0
    rows.leap[row] = 0
    rows.series[row] = series
    rows.at[row] = at
    rows.begin[row] = second
  }
}

export function emptySums(capacity: number): SumRows {
  const whole = Object.fromEntries(wholeColumns.map((name) => [name, new Uint32Array(capacity)])) as Record<Whole, Uint32Array>
  const real = Object.fromEntries(realColumns.map((name) => [name, new Float64Array(capacity)])) as Record<Real, Float64Array>
  return { ...whole, ...real, length: 0 }
}

function grown(rows: SumRows): SumRows {
  const larger = emptySums(rows.at.length * 2)
  for (const name of wholeColumns) larger[name].set(rows[name])
  for (const name of realColumns) larger[name].set(rows[name])
  larger.length = rows.length
  return larger
}

/** The place of the last edge that is not behind a moment; 0 when all are. */
function lastAtOrBefore(edges: Float64Array, second: number): number {
  let low = 0
  let high = edges.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) <= second) low = middle
    else high = middle
  }
  return low
}
