import type { Samples } from '#shared/history/reduce.ts'

/** The samples of one series, collected in any order. Of several with one second the last added counts. */
export class Line {
  #length = 0
  #ordered = true
  #at = new Float64Array(256)
  #value = new Float64Array(256)
  #quality = new Uint8Array(256)

  /** Adds rows from <= i < to of columns; `second` in UTC seconds. */
  add(second: ArrayLike<number>, value: ArrayLike<number>, quality: ArrayLike<number>, from: number, to: number): void {
    this.#reserve(this.#length + to - from)
    for (let i = from; i < to; i++) this.#push((second[i] as number) * 1000, value[i] as number, quality[i] as number)
  }

  /** Adds all samples of another line behind. */
  append(other: Line): void {
    this.#reserve(this.#length + other.#length)
    for (let i = 0; i < other.#length; i++) this.#push(other.#at[i] as number, other.#value[i] as number, other.#quality[i] as number)
  }

  /** Oldest first, at most `limit`. */
  samples(limit: number): Samples {
    if (!this.#ordered) this.#sort()
    const length = Math.min(this.#length, limit)
    return { at: this.#at.slice(0, length), value: this.#value.slice(0, length), quality: this.#quality.slice(0, length) }
  }

  get length(): number {
    return this.#length
  }

  #push(at: number, value: number, quality: number): void {
    const last = this.#length === 0 ? -1 : (this.#at[this.#length - 1] as number)
    if (at < last) this.#ordered = false
    const place = at === last ? this.#length - 1 : this.#length++
    this.#at[place] = at
    this.#value[place] = value
    this.#quality[place] = quality
  }

  #sort(): void {
    const order = Array.from({ length: this.#length }, (_, i) => i).sort(
      (a, b) => (this.#at[a] as number) - (this.#at[b] as number) || a - b,
    )
    const sorted = new Line()
    sorted.#reserve(this.#length)
    for (const i of order) sorted.#push(this.#at[i] as number, this.#value[i] as number, this.#quality[i] as number)
    this.#length = sorted.#length
    this.#at = sorted.#at
    this.#value = sorted.#value
    this.#quality = sorted.#quality
    this.#ordered = true
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
