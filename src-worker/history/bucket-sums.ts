import type { Buckets } from '#shared/history/port.ts'
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

  /** Takes sums of buckets that are known; others are left out. */
  add(rows: SumRows): void {
    const sums = this.#sums
    for (let i = 0; i < rows.length; i++) {
      const place = this.#places.get(rows.series[i] as number)
      const bucket = this.#buckets.get(rows.at[i] as number)
      if (place === undefined || bucket === undefined) continue
      const to = place * this.#width + bucket
      if (sums.count[to] === 0) copy(rows, i, sums, to)
      else if ((rows.begin[i] as number) > (sums.end[to] as number)) join(sums, to, rows, i, true)
      else if ((rows.end[i] as number) < (sums.begin[to] as number)) join(sums, to, rows, i, false)
      else this.#mix(rows.series[i] as number, bucket)
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

  /** One answer for each series, in their order; buckets without samples are left out. */
  answers(): Buckets[] {
    return [...this.#places].map(([series, place]) => this.#answer(series, place * this.#width))
  }

  #answer(series: number, from: number): Buckets {
    const sums = this.#sums
    const places: number[] = []
    for (let i = from; i < from + this.#width; i++) if (sums.count[i] !== 0) places.push(i)
    const whole = (column: Uint32Array) => Uint32Array.from(places, (i) => column[i] as number)
    const real = (column: Float64Array) => Float64Array.from(places, (i) => column[i] as number)
    const moment = (column: Uint32Array) =>
      Float64Array.from(places, (i) => (Number.isNaN(sums.first[i]) ? Number.NaN : (column[i] as number) * 1000))
    return {
      series,
      at: Float64Array.from(places, (i) => (sums.at[i] as number) * 1000),
      count: whole(sums.count),
      absent: whole(sums.absent),
      min: real(sums.min),
      max: real(sums.max),
      mean: Float64Array.from(places, (i) => {
        const good = (sums.count[i] as number) - (sums.absent[i] as number)
        return good === 0 ? Number.NaN : (sums.sum[i] as number) / good
      }),
      firstAt: moment(sums.firstAt),
      first: real(sums.first),
      lastAt: moment(sums.lastAt),
      last: real(sums.last),
      increase: real(sums.increase),
      drops: whole(sums.drops),
      leap: real(sums.leap),
    }
  }

  #mix(series: number, bucket: number): void {
    const known = this.mixed.get(series)
    if (!known) this.mixed.set(series, [bucket])
    else if (known.at(-1) !== bucket) known.push(bucket)
  }
}

function copy(rows: SumRows, from: number, sums: SumRows, to: number): void {
  for (const name of wholeColumns) sums[name][to] = rows[name][from] as number
  for (const name of realColumns) sums[name][to] = rows[name][from] as number
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
