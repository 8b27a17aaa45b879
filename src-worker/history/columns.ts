import { DOUBLE, DuckDBDataChunk, INTEGER, TIMESTAMP_S, UINTEGER, UTINYINT, type DuckDBAppender } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import type { Rows } from './rows.ts'

/** Rows of one chunk, DuckDB's vector size. */
const chunkRows = 2048

/** Appends rows to a table (series INTEGER, at TIMESTAMP_S, value DOUBLE, quality UTINYINT) without an object per row. */
export function appendRows(appender: DuckDBAppender, rows: Rows): void {
  const { series, second, value, quality } = rows
  // Seconds as 64 bit integers: the low half is the second, the high half stays 0 until the year 2106.
  const halves = new Uint32Array(chunkRows * 2)
  for (let from = 0; from < series.length; from += chunkRows) {
    const count = Math.min(chunkRows, series.length - from)
    for (let i = 0; i < count; i++) halves[i * 2] = second[from + i] as number
    const chunk = DuckDBDataChunk.create([INTEGER, TIMESTAMP_S, DOUBLE, UTINYINT], count)
    write(chunk, 0, series.subarray(from, from + count))
    write(chunk, 1, halves.subarray(0, count * 2))
    write(chunk, 2, value.subarray(from, from + count))
    write(chunk, 3, quality.subarray(from, from + count))
    markAbsent(chunk, 2, value.subarray(from, from + count))
    appender.appendDataChunk(chunk)
  }
}

/** Appends the first `length` rows of columns of UINTEGER and DOUBLE to a table with these columns; NaN stays NaN. */
export function appendColumns(appender: DuckDBAppender, columns: readonly (Uint32Array | Float64Array)[], length: number): void {
  const types = columns.map((column) => (column instanceof Uint32Array ? UINTEGER : DOUBLE))
  for (let from = 0; from < length; from += chunkRows) {
    const count = Math.min(chunkRows, length - from)
    const chunk = DuckDBDataChunk.create(types, count)
    columns.forEach((column, i) => write(chunk, i, column.subarray(from, from + count)))
    appender.appendDataChunk(chunk)
  }
}

/** A DOUBLE column of a chunk, copied out of the engine's memory. */
export function doubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  return new Float64Array(copyOut(chunk, column, 8))
}

/** A TIMESTAMP_S column as UTC seconds, which are below 2 ** 32 by all that is stored. */
export function seconds(chunk: DuckDBDataChunk, column: number): Uint32Array {
  const halves = new Uint32Array(copyOut(chunk, column, 8))
  const low = new Uint32Array(chunk.rowCount)
  for (let i = 0; i < low.length; i++) low[i] = halves[i * 2] as number
  return low
}

/** A DOUBLE column whose NULL becomes NaN. */
export function values(chunk: DuckDBDataChunk, column: number): Float64Array {
  const found = doubles(chunk, column)
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  const mask = duckdb.vector_get_validity(vector, Math.ceil(chunk.rowCount / 64) * 8) as Uint8Array | null
  // Without a mask none is NULL; otherwise a bit for each row, 0 = NULL.
  if (!mask) return found
  for (let i = 0; i < found.length; i++) if (((mask[i >> 3] as number) & (1 << (i & 7))) === 0) found[i] = Number.NaN
  return found
}

/** An INTEGER column without negative numbers, or a UINTEGER one. */
export function integers(chunk: DuckDBDataChunk, column: number): Uint32Array {
  return new Uint32Array(copyOut(chunk, column, 4))
}

/** A UTINYINT column. */
export function bytes(chunk: DuckDBDataChunk, column: number): Uint8Array {
  return new Uint8Array(copyOut(chunk, column, 1))
}

function copyOut(chunk: DuckDBDataChunk, column: number, width: number): ArrayBuffer {
  const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount * width)
  const copy = new ArrayBuffer(chunk.rowCount * width)
  new Uint8Array(copy).set(data)
  return copy
}

function write(chunk: DuckDBDataChunk, column: number, data: Uint8Array | Uint32Array | Float64Array): void {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  duckdb.copy_data_to_vector(vector, 0, data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
}

/** Stores NaN as NULL: a bit per row, 0 = absent. */
function markAbsent(chunk: DuckDBDataChunk, column: number, value: Float64Array): void {
  if (!value.some(Number.isNaN)) return
  const mask = new Uint8Array(chunkRows / 8).fill(0xff)
  value.forEach((cell, i) => {
    if (Number.isNaN(cell)) mask[i >> 3] = (mask[i >> 3] as number) & ~(1 << (i & 7))
  })
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column)
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, mask.byteLength)
}
