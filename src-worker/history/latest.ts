import type { ReadingBatch } from '#shared/reading.ts'
import { frame, kinds, scan } from './frame.ts'
import { decodeColumns, decodeHead, encodeColumns, encodeHead } from './record.ts'
import { copyRow, emptyRows, type Rows } from './rows.ts'

/** The newest sample of every series. */
export class Latest {
  readonly #place = new Map<number, number>()
  #rows: Rows = emptyRows(1024)

  get count(): number {
    return this.#place.size
  }

  /** One with the second of the newest takes its place: it corrects it. */
  take(rows: Rows): void {
    for (let i = 0; i < rows.series.length; i++) {
      const series = rows.series[i] as number
      const known = this.#place.get(series)
      const place = known ?? this.#add(series)
      if (known === undefined || (rows.second[i] as number) >= (this.#rows.second[place] as number)) copyRow(rows, i, this.#rows, place)
    }
  }

  /** The newest second of each series. */
  *seconds(): Generator<[series: number, second: number]> {
    for (const [series, place] of this.#place) yield [series, this.#rows.second[place] as number]
  }

  toBatch(): ReadingBatch {
    const { series, second, value, quality } = this.#filled()
    const at = new Float64Array(second.length)
    for (let i = 0; i < at.length; i++) at[i] = (second[i] as number) * 1000
    return { series, at, value, quality }
  }

  /** As a file: the state after batch `sequence` of the store `owner`. */
  encode(owner: string, sequence: number): Buffer {
    return frame(kinds.latest, [Buffer.from(owner, 'hex'), encodeHead(sequence, 0, this.count), ...encodeColumns(this.#filled())])
  }

  /** Undefined when the file is damaged or another store's. */
  static decode(bytes: Buffer, owner: string): { latest: Latest; sequence: number } | undefined {
    const [piece] = scan(bytes)
    if (!piece || !('frame' in piece) || piece.frame.kind !== kinds.latest) return undefined
    const { payload } = piece.frame
    if (payload.subarray(0, 16).toString('hex') !== owner) return undefined
    const [sequence, , count] = decodeHead(payload.subarray(16))
    const rows = decodeColumns(payload.subarray(40), count)
    if (!rows) return undefined
    const latest = new Latest()
    latest.take(rows)
    return { latest, sequence }
  }

  #filled(): Rows {
    const { series, second, value, quality } = this.#rows
    const count = this.count
    return {
      series: series.slice(0, count),
      second: second.slice(0, count),
      value: value.slice(0, count),
      quality: quality.slice(0, count),
    }
  }

  #add(series: number): number {
    const place = this.#place.size
    if (place === this.#rows.series.length) {
      const larger = emptyRows(place * 2)
      larger.series.set(this.#rows.series)
      larger.second.set(this.#rows.second)
      larger.value.set(this.#rows.value)
      larger.quality.set(this.#rows.quality)
      this.#rows = larger
    }
    this.#place.set(series, place)
    return place
  }
}
