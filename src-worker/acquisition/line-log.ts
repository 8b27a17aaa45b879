import type { LineMessage } from '#shared/acquisition/line.ts'
import type { Trace } from './drivers/driver.ts'

const kept = 1000
const mostBytes = 300

/** Where a line tells what passes; nobody listens as long as `hear` is undefined. */
export type Tap = { hear: Trace | undefined }

/** The last messages of one line, as long as somebody looks. */
export class LineLog {
  readonly #clock: () => number
  readonly #messages: LineMessage[] = []
  #count: number
  #seen = 0

  /** `count` messages have been numbered before. */
  constructor(clock: () => number, count: number) {
    this.#clock = clock
    this.#count = count
  }

  readonly hear: Trace = (direction, bytes, note) => {
    if (this.#continues(direction, bytes, note)) return
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, mostBytes)).toString('hex')
    this.#messages.push({ n: ++this.#count, at: this.#clock(), direction, hex, note: note ?? null })
    // Twice the number is let pass, so that not every message moves all others.
    if (this.#messages.length > 2 * kept) this.#messages.splice(0, this.#messages.length - kept)
  }

  /** An answer that comes in pieces is one message, as long as nobody has seen the first. */
  #continues(direction: LineMessage['direction'], bytes: Uint8Array, note: string | undefined): boolean {
    const last = this.#messages.at(-1)
    if (!last || last.n <= this.#seen || note !== undefined || last.note !== null || direction === 'sent') return false
    if (last.direction === 'sent' || last.hex.length / 2 + bytes.length > mostBytes) return false
    last.hex += Buffer.from(bytes).toString('hex')
    return true
  }

  get count(): number {
    return this.#count
  }

  /** What came after message `since`, the newest 1,000 at most, and how many more there were. */
  after(since: number): { messages: LineMessage[]; lost: number; next: number } {
    // A number from before the thread was started anew means nothing here.
    const from = since > this.#count ? 0 : since
    const messages = this.#messages.filter(({ n }) => n > from).slice(-kept)
    this.#seen = this.#count
    const first = messages[0]?.n ?? this.#count + 1
    return { messages, lost: from === 0 ? 0 : first - from - 1, next: this.#count }
  }
}
