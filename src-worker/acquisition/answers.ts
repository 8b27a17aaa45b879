const kept = 64
const sorted = new Float32Array(kept)

/** How long the last 64 answers took. */
export class Answers {
  readonly #times = new Float32Array(kept)
  #count = 0

  add(ms: number): void {
    this.#times[this.#count++ % kept] = ms
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
