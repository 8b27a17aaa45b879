import type { Change, Delays, Verdict } from './check.ts'

/**
 * Delays of one condition. It is raised when it was beyond without a break for the on-delay, and clears when it was within without a break
 * for the off-delay. A verdict that is not known breaks both: they begin anew with the next one that is. All times are UTC ms; `active` says
 * whether it is raised.
 */
export class Hold {
  #verdict: Verdict = 'unknown'
  /** Since when the verdict is what it is. */
  #since = 0

  /** A new verdict. A clock that was set back begins the delay anew. */
  take(verdict: Verdict, at: number, active: boolean, delays: Delays): Change {
    if (verdict !== this.#verdict || at < this.#since) {
      this.#verdict = verdict
      this.#since = at
    }
    return this.#change(at, active, delays)
  }

  /** Time has passed without a reading, and the last one is still believed. */
  tick(at: number, active: boolean, delays: Delays): Change {
    if (at < this.#since) this.#since = at
    return this.#change(at, active, delays)
  }

  /** When it is raised if it stays beyond; null when it is not on its way. */
  pendingUntil(active: boolean, { onMs }: Delays): number | null {
    return this.#verdict === 'beyond' && !active ? this.#since + onMs : null
  }

  /** When it clears if it stays within; null when it is not on its way. */
  clearingUntil(active: boolean, { offMs }: Delays): number | null {
    return this.#verdict === 'within' && active ? this.#since + offMs : null
  }

  /** As if nothing had been seen. */
  reset(): void {
    this.#verdict = 'unknown'
    this.#since = 0
  }

  #change(at: number, active: boolean, { onMs, offMs }: Delays): Change {
    if (this.#verdict === 'beyond') return !active && at - this.#since >= onMs ? 'raise' : null
    if (this.#verdict === 'within') return active && at - this.#since >= offMs ? 'clear' : null
    return null
  }
}
