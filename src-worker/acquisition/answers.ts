import { answerClasses } from '#shared/acquisition/line.ts'

const kept = 64
const sorted = new Float32Array(kept)

/** How long answers took: the last 64 exactly, and all of them by class. */
export class Answers {
  readonly #times = new Float32Array(kept)
  /** Counts by `answerClasses`, the slower ones last. */
  readonly spread = new Uint32Array(answerClasses.length + 1)
  #count = 0

  add(ms: number): void {
    this.#times[this.#count++ % kept] = ms
    let at = 0
    while (at < answerClasses.length && ms > (answerClasses[at] ?? 0)) at++
    this.spread[at] = (this.spread[at] ?? 0) + 1
  }

  /** Median and worst in ms, rounded to 0.1; null before the first answer. */
  summary(): { median: number | null; worst: number | null } {
    const length = Math.min(this.#count, kept)
    if (length === 0) return { median: null, worst: null }
    sorted.set(this.#times)
    const part = sorted.subarray(0, length).sort()
    return { median: tenth(part[length >> 1]), worst: tenth(part[length - 1]) }
  }
}

const tenth = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms * 10) / 10)
