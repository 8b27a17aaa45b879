import type { Samples } from '#shared/history/reduce.ts'

/** The samples of one series, collected in any order. */
export class Line {
  #length = 0
  #ordered = true
  #at = new Float64Array(256)
  #value = new Float64Array(256)
  #quality = new Uint8Array(256)

  /** Adds rows from <= i < to of columns; `second` in UTC seconds. */
  add(second: ArrayLike<number>, value: ArrayLike<number>, quality: ArrayLike<number>, from: number, to: number): void {
    this.#reserve(this.#length + to - from)
    for (let i = from; i < to; i++) {
      const at = (second[i] as number) * 1000
      if (this.#length > 0 && at <= (this.#at[this.#length - 1] as number)) this.#ordered = false
      this.#at[this.#length] = at
      this.#value[this.#length] = value[i] as number
      this.#quality[this.#length] = quality[i] as number
      this.#length++
    }
  }

  /** Oldest first, at most `limit`. */
  samples(limit: number): Samples {
    const length = Math.min(this.#length, limit)
    if (this.#ordered)
      return { at: this.#at.slice(0, length), value: this.#value.slice(0, length), quality: this.#quality.slice(0, length) }
    const order = Uint32Array.from({ length: this.#length }, (_, i) => i)
    order.sort((a, b) => (this.#at[a] as number) - (this.#at[b] as number))
    const kept = order.subarray(0, length)
    return {
      at: Float64Array.from(kept, (i) => this.#at[i] as number),
      value: Float64Array.from(kept, (i) => this.#value[i] as number),
      quality: Uint8Array.from(kept, (i) => this.#quality[i] as number),
    }
  }

  get length(): number {
    return this.#length
  }

  #reserve(length: number): void {
    if (length <= this.#at.length) return
    const larger = Math.max(length, this.#at.length * 2)
    this.#at = grown(this.#at, new Float64Array(larger))
    this.#value = grown(this.#value, new Float64Array(larger))
    this.#quality = grown(this.#quality, new Uint8Array(larger))
  }
}

function grown<T extends Float64Array | Uint8Array>(column: T, larger: T): T {
  larger.set(column)
  return larger
}
