import type { Block } from '#shared/devices/plan.ts'
import type { Point, PointRole } from '#shared/devices/profile.ts'
import { emptyBatch, qualities, type Quality, type ReadingBatch } from '#shared/reading.ts'
import { meaningIn, type Raw } from './asker.ts'
import type { PointTable } from './table.ts'

const unknown = 255

/**
 * The last reading of every point of one device, as columns. Batches are cut from here when they are sent, so that a read that
 * took long never brings back a value older than one that overtook it.
 */
export class Latest {
  readonly #table: PointTable
  readonly #series: Uint32Array
  readonly #value: Float64Array
  readonly #quality: Uint8Array
  readonly #at: Float64Array
  readonly #storedValue: Float64Array
  readonly #storedQuality: Uint8Array
  /** Point → the write after which reads count again. Most devices are never written. */
  #guards: Map<Point, number> | undefined

  /** `series[i]` belongs to point i of the table. */
  constructor(table: PointTable, series: readonly number[]) {
    const count = table.points.length
    this.#table = table
    this.#series = Uint32Array.from(series)
    this.#value = new Float64Array(count)
    this.#quality = new Uint8Array(count)
    this.#at = new Float64Array(count)
    this.#storedValue = new Float64Array(count)
    this.#storedQuality = new Uint8Array(count).fill(unknown)
  }

  get guarded(): boolean {
    return this.#guards !== undefined
  }

  /** From now on only reads count for this point that were sent after `order`, the place of a write among all requests. */
  guard(point: Point, order: number): void {
    this.#guards ??= new Map()
    this.#guards.set(point, order)
  }

  /** Takes what a block brought and adds its points to `rows`. `order` is the place of the read among all requests. */
  take(block: Block, raw: Raw, now: number, rows: number[], order = 0): void {
    for (let i = 0; i < block.points.length; i++) {
      const point = block.points[i] as Point
      if (this.#guards && order < (this.#guards.get(point) ?? 0)) {
        // What was read around the write is newer, and stands there already.
        rows.push(this.#table.indexOf.get(point) ?? 0)
        continue
      }
      const { value, quality, at = now } = meaningIn(raw, block, i)
      this.#set(point, value ?? Number.NaN, quality, at, rows)
    }
  }

  /** The points have no value any more. */
  lose(points: readonly Point[], quality: Quality, at: number, rows: number[]): void {
    for (const point of points) this.#set(point, Number.NaN, quality, at, rows)
  }

  /** `at` replaces the time of each reading: the quarter hour, or whole seconds. */
  batch(rows: readonly number[], at?: number): ReadingBatch {
    const batch = emptyBatch(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      batch.series[i] = this.#series[row] ?? 0
      batch.at[i] = at ?? this.#at[row] ?? 0
      batch.value[i] = this.#value[row] ?? Number.NaN
      batch.quality[i] = this.#quality[row] ?? 0
    }
    return batch
  }

  /** Those of `rows` with one of the roles that differ from what was stored last, or have never been stored. */
  changed(rows: readonly number[], roles: readonly PointRole[]): number[] {
    return rows.filter((row) => {
      const role = this.#table.points[row]?.role
      if (role === undefined || !roles.includes(role)) return false
      return this.#quality[row] !== this.#storedQuality[row] || !Object.is(this.#value[row], this.#storedValue[row])
    })
  }

  markStored(rows: readonly number[]): void {
    for (const row of rows) {
      this.#storedValue[row] = this.#value[row] ?? Number.NaN
      this.#storedQuality[row] = this.#quality[row] ?? unknown
    }
  }

  /** Value (null when absent) and position in `qualities`. */
  of(row: number): { value: number | null; quality: number } {
    const value = this.#value[row] ?? Number.NaN
    return { value: Number.isNaN(value) ? null : value, quality: this.#quality[row] ?? 0 }
  }

  #set(point: Point, value: number, quality: Quality, at: number, rows: number[]): void {
    const row = this.#table.indexOf.get(point)
    if (row === undefined) return
    this.#value[row] = value
    this.#quality[row] = qualities.indexOf(quality)
    this.#at[row] = at
    rows.push(row)
  }
}
