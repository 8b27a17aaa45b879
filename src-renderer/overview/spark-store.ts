import { mostSparks } from '#shared/history/sparks-contract.ts'
import type { Call } from '../client.ts'

export type Spark = { from: number; everyMs: number; mean: readonly (number | null)[] }

const settleMs = 150
const freshMs = 5 * 60_000

/** The courses of the rows in sight: asked for together once scrolling has settled, and again every five minutes. */
export class SparkStore {
  readonly #call: Call
  readonly #now: () => number
  readonly #wanted = new Map<number, number>()
  readonly #lines = new Map<number, Spark & { at: number }>()
  readonly #listeners = new Set<() => void>()
  readonly #asked = new Set<number>()
  #error: unknown = null
  #settle: ReturnType<typeof setTimeout> | undefined
  #again: ReturnType<typeof setInterval> | undefined

  constructor(call: Call, now: () => number) {
    this.#call = call
    this.#now = now
  }

  start(): () => void {
    this.#again = setInterval(() => void this.#ask(), freshMs)
    return () => {
      clearInterval(this.#again)
      clearTimeout(this.#settle)
    }
  }

  /** Wants the courses of these series until the returned function is called. */
  watch(series: readonly number[]): () => void {
    for (const one of series) this.#wanted.set(one, (this.#wanted.get(one) ?? 0) + 1)
    this.#askSoon()
    return () => {
      for (const one of series) {
        const left = (this.#wanted.get(one) ?? 1) - 1
        if (left > 0) this.#wanted.set(one, left)
        else this.#wanted.delete(one)
      }
    }
  }

  line = (series: number): Spark | undefined => this.#lines.get(series)

  /** Why the last question failed; null when it did not. */
  error = (): unknown => this.#error

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  retry(): void {
    void this.#ask()
  }

  #askSoon(): void {
    clearTimeout(this.#settle)
    this.#settle = setTimeout(() => void this.#ask(), settleMs)
  }

  async #ask(): Promise<void> {
    const now = this.#now()
    const old = (series: number) => now - (this.#lines.get(series)?.at ?? 0) >= freshMs
    const series = [...this.#wanted.keys()].filter((one) => old(one) && !this.#asked.has(one)).slice(0, mostSparks)
    if (series.length === 0) return
    for (const one of series) this.#asked.add(one)
    try {
      const { from, everyMs, lines } = await this.#call('history.sparks', { series })
      for (const { series: one, mean } of lines) this.#lines.set(one, { from, everyMs, mean, at: now })
      // What has no samples is not asked for again each time that it comes into sight.
      for (const one of series) if (old(one)) this.#lines.set(one, { from, everyMs, mean: [], at: now })
      this.#error = null
    } catch (error) {
      this.#error = error
    } finally {
      for (const one of series) this.#asked.delete(one)
    }
    for (const listener of this.#listeners) listener()
  }
}
