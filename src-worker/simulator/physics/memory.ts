/** Columns of numbers that a town remembers. Each is made once, in an order that stays, so that all can be saved as one. */
export class Memory {
  readonly #columns: Float64Array[] = []

  column(length: number): Float64Array {
    const made = new Float64Array(length)
    this.#columns.push(made)
    return made
  }

  adopt(columns: readonly Float64Array[]): void {
    this.#columns.push(...columns)
  }

  save(): Uint8Array {
    const all = new Float64Array(this.#length())
    let at = 0
    for (const column of this.#columns) {
      all.set(column, at)
      at += column.length
    }
    return new Uint8Array(all.buffer)
  }

  /** Throws RangeError when the bytes are of another plan. */
  load(saved: Uint8Array): void {
    if (saved.length !== this.#length() * 8) throw new RangeError(`${saved.length} bytes, ${this.#length() * 8} wanted`)
    const all = new Float64Array(saved.slice().buffer)
    let at = 0
    for (const column of this.#columns) {
      column.set(all.subarray(at, at + column.length))
      at += column.length
    }
  }

  #length(): number {
    return this.#columns.reduce((sum, { length }) => sum + length, 0)
  }
}
