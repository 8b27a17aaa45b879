import { missing } from '#shared/virtual/evaluate.ts'

/** The newest reading of each series that a formula needs, row by row. */
export class Columns {
  /** Series → row + 1; 0 is none. */
  #rows = new Uint32Array(1024)
  readonly series: number[] = []
  value = new Float64Array(64)
  quality = new Uint8Array(64).fill(missing)
  /** UTC ms. */
  at = new Float64Array(64)

  /** The row of a series, made when there is none. */
  add(series: number): number {
    const known = this.rowOf(series)
    if (known >= 0) return known
    if (series >= this.#rows.length) this.#rows = widened(this.#rows, new Uint32Array(Math.max(series + 1, this.#rows.length * 2)))
    const row = this.series.length
    this.series.push(series)
    this.#rows[series] = row + 1
    if (row >= this.value.length) {
      this.value = widened(this.value, new Float64Array(row * 2))
      this.at = widened(this.at, new Float64Array(row * 2))
      this.quality = widened(this.quality, new Uint8Array(row * 2).fill(missing))
    }
    return row
  }

  /** −1 for a series that no formula needs. */
  rowOf(series: number): number {
    return (this.#rows[series] ?? 0) - 1
  }

  set(row: number, value: number, quality: number, at: number): void {
    this.value[row] = value
    this.quality[row] = quality
    this.at[row] = at
  }
}

function widened<T extends Float64Array | Uint8Array | Uint32Array>(column: T, wider: T): T {
  wider.set(column)
  return wider
}
