import type { BucketColumns, Buckets, BucketTable } from '#shared/history/port.ts'
import { realColumns, wholeColumns, type SumRows } from './sums.ts'

/**
 * Puts sums of the same buckets together, such as a day that lies in two files. That is exact as long as their samples do not lie among
 * each other; where they do, the bucket is noted, and its samples have to be read.
 */
export class BucketSums {
  /** Per series the buckets whose samples have to be read. */
  readonly mixed = new Map<number, number[]>()
  readonly #places: Map<number, number>
  readonly #buckets: Map<number, number>
  readonly #edges: readonly number[]
  readonly #width: number
  readonly #sums: SumRows

  /** `edges` as of edgesOf, in UTC seconds. */
  constructor(series: readonly number[], edges: readonly number[]) {
    this.#places = new Map(series.map((number, i) => [number, i]))
    this.#edges = edges
    this.#width = edges.length - 1
    this.#buckets = new Map(edges.slice(0, -1).map((edge, i) => [edge, i]))
    const length = series.length * this.#width
    const whole = Object.fromEntries(wholeColumns.map((name) => [name, new Uint32Array(length)]))
    const real = Object.fromEntries(realColumns.map((name) => [name, new Float64Array(length)]))
    this.#sums = { ...whole, ...real, length } as SumRows
  }

  /** Takes sums of buckets that are known; others are left out. Fastest when rows of one series follow each other in time. */
  add(rows: SumRows): void {
    const sums = this.#sums
    let series = -1
    let place: number | undefined
    let bucket: number | undefined
    for (let i = 0; i < rows.length; i++) {
      if (rows.series[i] !== series) {
        series = rows.series[i] as number
        place = this.#places.get(series)
      }
      if (place === undefined) continue
      const next: number = bucket === undefined ? 0 : bucket + 1
      bucket = this.#edges[next] === rows.at[i] && next < this.#width ? next : this.#buckets.get(rows.at[i] as number)
      if (bucket === undefined) continue
      const to = place * this.#width + bucket
      if (sums.count[to] === 0) copy(rows, i, sums, to)
      else if ((rows.begin[i] as number) > (sums.end[to] as number)) join(sums, to, rows, i, true)
      else if ((rows.end[i] as number) < (sums.begin[to] as number)) join(sums, to, rows, i, false)
      else this.#mix(series, bucket)
    }
  }

  /** Puts sums of one series in the place of what there is, for these buckets only. */
  replace(series: number, buckets: readonly number[], rows: SumRows): void {
    const place = this.#places.get(series)
    if (place === undefined) return
    for (const bucket of buckets) this.#sums.count[place * this.#width + bucket] = 0
    const wanted = new Set(buckets.map((bucket) => this.#edges[bucket]))
    for (let i = 0; i < rows.length; i++) {
      if (!wanted.has(rows.at[i] as number)) continue
      copy(rows, i, this.#sums, place * this.#width + (this.#buckets.get(rows.at[i] as number) ?? 0))
    }
  }

  /** All buckets with samples, by series in their order and time. */
  table(): BucketTable {
    const sums = this.#sums
    const numbers = [...this.#places.keys()]
    let length = 0
    for (let i = 0; i < sums.length; i++) if (sums.count[i] !== 0) length++
    const places = new Uint32Array(length)
    for (let i = 0, row = 0; i < sums.length; i++) if (sums.count[i] !== 0) places[row++] = i
    const whole = (column: Uint32Array) => places.map((i) => column[i] as number)
    const real = (of: (i: number) => number) => {
      const column = new Float64Array(length)
      for (let row = 0; row < length; row++) column[row] = of(places[row] as number)
      return column
    }
    const column = (from: Float64Array) => real((i) => from[i] as number)
    const moment = (from: Uint32Array) => real((i) => (Number.isNaN(sums.first[i]) ? Number.NaN : (from[i] as number) * 1000))
    return {
      series: places.map((i) => numbers[Math.floor(i / this.#width)] as number),
      at: real((i) => (sums.at[i] as number) * 1000),
      count: whole(sums.count),
      absent: whole(sums.absent),
      min: column(sums.min),
      max: column(sums.max),
      mean: real((i) => (sums.sum[i] as number) / ((sums.count[i] as number) - (sums.absent[i] as number))),
      firstAt: moment(sums.firstAt),
      first: column(sums.first),
      lastAt: moment(sums.lastAt),
      last: column(sums.last),
      increase: column(sums.increase),
      drops: whole(sums.drops),
      leap: column(sums.leap),
    }
  }

  #mix(series: number, bucket: number): void {
    const known = this.mixed.get(series)
    if (!known) this.mixed.set(series, [bucket])
    else if (known.at(-1) !== bucket) known.push(bucket)
  }
}

/** Written out, since it runs for each day of each series: by name it takes four times as long. */
function copy(rows: SumRows, from: number, sums: SumRows, to: number): void {
  sums.series[to] = rows.series[from] as number
  sums.at[to] = rows.at[from] as number
  sums.count[to] = rows.count[from] as number
  sums.absent[to] = rows.absent[from] as number
  sums.begin[to] = rows.begin[from] as number
  sums.end[to] = rows.end[from] as number
  sums.firstAt[to] = rows.firstAt[from] as number
  sums.lastAt[to] = rows.lastAt[from] as number
  sums.drops[to] = rows.drops[from] as number
  sums.min[to] = rows.min[from] as number
  sums.max[to] = rows.max[from] as number
  sums.sum[to] = rows.sum[from] as number
  sums.first[to] = rows.first[from] as number
  sums.last[to] = rows.last[from] as number
  sums.increase[to] = rows.increase[from] as number
  sums.leap[to] = rows.leap[from] as number
}

/** Adds row `i` to the sums at `to`; all its samples are later (`behind`) or all are earlier. */
function join(sums: SumRows, to: number, rows: SumRows, i: number, behind: boolean): void {
  for (const name of ['count', 'absent', 'drops'] as const) sums[name][to] = (sums[name][to] as number) + (rows[name][i] as number)
  if (behind) sums.end[to] = rows.end[i] as number
  else sums.begin[to] = rows.begin[i] as number
  if (Number.isNaN(rows.first[i])) return
  if (Number.isNaN(sums.first[to])) {
    for (const name of realColumns) sums[name][to] = rows[name][i] as number
    sums.firstAt[to] = rows.firstAt[i] as number
    sums.lastAt[to] = rows.lastAt[i] as number
    return
  }
  const step = behind ? (rows.first[i] as number) - (sums.last[to] as number) : (sums.first[to] as number) - (rows.last[i] as number)
  if (step < 0) sums.drops[to] = (sums.drops[to] as number) + 1
  sums.increase[to] = (sums.increase[to] as number) + (rows.increase[i] as number) + Math.max(0, step)
  sums.leap[to] = Math.max(sums.leap[to] as number, rows.leap[i] as number, step)
  sums.sum[to] = (sums.sum[to] as number) + (rows.sum[i] as number)
  sums.min[to] = Math.min(sums.min[to] as number, rows.min[i] as number)
  sums.max[to] = Math.max(sums.max[to] as number, rows.max[i] as number)
  if (behind) {
    sums.last[to] = rows.last[i] as number
    sums.lastAt[to] = rows.lastAt[i] as number
  } else {
    sums.first[to] = rows.first[i] as number
    sums.firstAt[to] = rows.firstAt[i] as number
  }
}

/** The rows of each series by themselves, in the order asked for. */
export function splitTable(table: BucketTable, asked: readonly number[]): Buckets[] {
  const { series, ...columns } = table
  const ranges = new Map<number, [from: number, to: number]>()
  for (let from = 0, to = 0; from < series.length; from = to) {
    while (to < series.length && series[to] === series[from]) to++
    ranges.set(series[from] as number, [from, to])
  }
  return asked.map((number) => {
    const [from, to] = ranges.get(number) ?? [0, 0]
    const own = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.slice(from, to)]))
    return { ...(own as BucketColumns), series: number }
  })
}
