export type ContentChange = { at: number; data: Buffer } | { size: number }

/** The bytes of a file, which grows often and by little. */
export class Content {
  #bytes: Buffer
  #length: number

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#bytes = bytes
    this.#length = bytes.length
  }

  apply(change: ContentChange): void {
    if ('size' in change) {
      if (change.size < this.#length) this.#bytes.fill(0, change.size, this.#length)
      this.#room(change.size)
      this.#length = change.size
      return
    }
    const end = change.at + change.data.length
    this.#room(end)
    change.data.copy(this.#bytes, change.at)
    this.#length = Math.max(this.#length, end)
  }

  copy(): Content {
    return new Content(Buffer.from(this.bytes))
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #room(size: number): void {
    if (size <= this.#bytes.length) return
    const larger = Buffer.alloc(Math.max(size, this.#bytes.length * 2))
    this.bytes.copy(larger)
    this.#bytes = larger
  }
}
