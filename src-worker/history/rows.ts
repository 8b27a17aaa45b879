import { Failure } from '#shared/failures.ts'
import { qualities, type ReadingBatch } from '#shared/reading.ts'

/** Samples as they rest: columns of one length, `second` UTC seconds, `value` NaN when absent. */
export type Rows = { series: Uint32Array; second: Uint32Array; value: Float64Array; quality: Uint8Array }

/** What one append brought. `sequence` counts appends from 1, `total` counts samples up to and including this batch.
 * `corrects`: they take the place of stored ones. */
export type Batch = Rows & { sequence: number; total: number; corrects: boolean }

/** Memory and journal bytes of one row. */
export const rowBytes = 17

const seriesLimit = 2 ** 31
const secondLimit = 2 ** 32

/** The rows of a batch, in whole seconds. Throws input.invalid for columns or cells that cannot be stored as they are. */
export function toRows(batch: ReadingBatch): Rows {
  const { series, at, value, quality } = batch
  const length = series.length
  if (at.length !== length || value.length !== length || quality.length !== length) throw new Failure('input.invalid', { field: 'batch' })
  const second = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    const seconds = Math.floor((at[i] as number) / 1000)
    if (!(seconds >= 0 && seconds < secondLimit)) throw new Failure('input.invalid', { field: 'at', row: i })
    if ((series[i] as number) >= seriesLimit) throw new Failure('input.invalid', { field: 'series', row: i })
    if ((quality[i] as number) >= qualities.length) throw new Failure('input.invalid', { field: 'quality', row: i })
    second[i] = seconds
  }
  return { series, second, value, quality }
}

/** The rows with these positions, in that order. */
export function pick(rows: Rows, positions: readonly number[]): Rows {
  const picked = emptyRows(positions.length)
  positions.forEach((from, to) => copyRow(rows, from, picked, to))
  return picked
}

export function emptyRows(length: number): Rows {
  return {
    series: new Uint32Array(length),
    second: new Uint32Array(length),
    value: new Float64Array(length),
    quality: new Uint8Array(length),
  }
}

export function copyRow(source: Rows, from: number, target: Rows, to: number): void {
  target.series[to] = source.series[from] as number
  target.second[to] = source.second[from] as number
  target.value[to] = source.value[from] as number
  target.quality[to] = source.quality[from] as number
}

/** The first and last second of some rows and of what is known already. */
export type Span = { first: number | null; last: number | null }

export function widen({ first, last }: Span, seconds: Uint32Array): Span {
  let lowest = first ?? Infinity
  let highest = last ?? -Infinity
  for (let i = 0; i < seconds.length; i++) {
    const second = seconds[i] as number
    if (second < lowest) lowest = second
    if (second > highest) highest = second
  }
  return lowest > highest ? { first, last } : { first: lowest, last: highest }
}
