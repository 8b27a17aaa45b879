import { qualities, type ReadingBatch, type SeriesReading } from '#shared/reading.ts'

const offline = qualities.indexOf('offline')

/** The last reading of every series, in columns that grow with the highest series number. */
export class Latest {
  #at = new Float64Array(1024)
  #value = new Float64Array(1024)
  #quality = new Uint8Array(1024)

  /**
   * Takes what is newer than what is there. A row of quality `offline` marks the value as gone and keeps its time.
   */
  take(batch: ReadingBatch): void {
    for (let i = 0; i < batch.series.length; i++) {
      const series = batch.series[i] as number
      if (series >= this.#at.length) this.#grow(series + 1)
      const at = batch.at[i] as number
      if (at < (this.#at[series] as number)) continue
      this.#at[series] = at
      this.#value[series] = batch.quality[i] === offline ? Number.NaN : (batch.value[i] as number)
      this.#quality[series] = batch.quality[i] as number
    }
  }

  /** Undefined for a series that was never read. */
  get(series: number): SeriesReading | undefined {
    const at = this.#at[series]
    if (at === undefined || at === 0) return undefined
    const value = this.#value[series] as number
    return { series, at, value: Number.isNaN(value) ? null : value, quality: qualities[this.#quality[series] as number] ?? 'fault' }
  }

  #grow(needed: number): void {
    const length = Math.max(needed, this.#at.length * 2)
    const wider = <T extends Float64Array | Uint8Array>(column: T, next: T): T => {
      next.set(column)
      return next
    }
    this.#at = wider(this.#at, new Float64Array(length))
    this.#value = wider(this.#value, new Float64Array(length))
    this.#quality = wider(this.#quality, new Uint8Array(length))
  }
}
