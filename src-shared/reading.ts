/**
 * How far a value can be trusted. The position is the number at rest (history, journal), so the list only grows at its end.
 * `fault`: the device says that the sensor is broken or absent. `offline`: the device did not answer. `stale`: older than
 * twice its interval. `log`: fetched afterwards from the device's own log.
 */
export const qualities = ['good', 'fault', 'offline', 'stale', 'substituted', 'manual', 'log'] as const
export type Quality = (typeof qualities)[number]

/** One value of one point. `value` is null whenever there is none; `at` is UTC milliseconds of the read. */
export type Reading = { value: number | null; quality: Quality; at: number }

/**
 * Many readings as columns: the only form in which readings cross threads (buffers are transferred, not copied).
 * Row i: `series[i]` (number of one point of one device), `at[i]` UTC milliseconds, `value[i]` in the canonical unit of the
 * point's quantity (NaN when absent), `quality[i]` the position in `qualities`.
 */
export type ReadingBatch = { series: Uint32Array; at: Float64Array; value: Float64Array; quality: Uint8Array }

export type SeriesReading = Reading & { series: number }

export function toBatch(rows: readonly SeriesReading[]): ReadingBatch {
  const batch = emptyBatch(rows.length)
  rows.forEach((row, i) => {
    batch.series[i] = row.series
    batch.at[i] = row.at
    batch.value[i] = row.value ?? Number.NaN
    batch.quality[i] = qualities.indexOf(row.quality)
  })
  return batch
}

export function emptyBatch(length: number): ReadingBatch {
  return {
    series: new Uint32Array(length),
    at: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint8Array(length),
  }
}

/** Row i of a batch. Throws RangeError outside the batch. */
export function rowOf(batch: ReadingBatch, i: number): SeriesReading {
  const series = batch.series[i]
  if (series === undefined) throw new RangeError(`row ${i} of ${batch.series.length}`)
  const value = batch.value[i] as number
  return {
    series,
    at: batch.at[i] as number,
    value: Number.isNaN(value) ? null : value,
    quality: qualities[batch.quality[i] as number] ?? 'fault',
  }
}

/** The buffers to name in a transfer list, so that a batch moves between threads without a copy. */
export function buffersOf(batch: ReadingBatch): ArrayBuffer[] {
  return [batch.series, batch.at, batch.value, batch.quality].map((column) => column.buffer as ArrayBuffer)
}
