import type { Point } from '#shared/devices/profile.ts'

const dayMs = 24 * 3_600_000
/** Each is a request that will most likely be refused. */
const mostAtOnce = 20

/** Which of the points that a device did not have it is asked for again: some each day, all of them in turns. */
export class Retry {
  #at: number
  #turn = 0

  /** `now`: UTC ms. The first day brings nothing, since a search has just found them missing. */
  constructor(now: number) {
    this.#at = now
  }

  due(missing: readonly Point[], now: number): readonly Point[] {
    // A clock that was set back does not put it off for longer than a day.
    if (now < this.#at) this.#at = now
    if (now - this.#at < dayMs || missing.length === 0) return []
    this.#at = now
    const from = this.#turn % missing.length
    this.#turn = from + mostAtOnce
    return [...missing.slice(from), ...missing.slice(0, from)].slice(0, mostAtOnce)
  }
}
