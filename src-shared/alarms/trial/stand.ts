import type { Check, Delays, Verdict } from '../check.ts'
import { Hold } from '../hold.ts'
import type { Planned } from '../planned.ts'
import { Tally } from './tally.ts'

/** One time that it would have come up. `to` null: it stands at the end of history. `value` in the canonical unit, NaN: none. */
export type Time = { from: number; to: number | null; value: number }

const longMs = 3_600_000

/** How one variant of a rule stands on one condition, as stored history goes by. */
export class Stand {
  readonly check: Check
  readonly tally = new Tally()
  /** Occurrences of more than an hour of the rule as it is that this one did not show. */
  lost = 0
  verdict: Verdict = 'unknown'
  #last: Verdict = 'unknown'
  /** When a delay will be over if nothing else is said. */
  #due = Number.POSITIVE_INFINITY
  #hold = new Hold()
  #active = false
  #from = 0
  #to = Number.NEGATIVE_INFINITY
  #hidden = false
  readonly #delays: Delays
  readonly #told: ((time: Time) => void) | undefined
  #value = Number.NaN

  /** `told` hears of every occurrence when it is over. */
  constructor(planned: Planned, told?: (time: Time) => void) {
    this.check = planned.make()
    this.#delays = planned.delays
    this.#told = told
  }

  get active(): boolean {
    return this.#active
  }

  activeAt(at: number): boolean {
    return this.#active && this.#from <= at
  }

  shownSince(from: number): boolean {
    return (this.#active && !this.#hidden) || this.#to > from
  }

  /**
   * What the last reading says, at its time. `above`: a more severe level that hides this one while it is active. Gives the length (ms) of an
   * occurrence that is over by it, else 0.
   */
  judge(verdict: Verdict, at: number, above: Stand | null): number {
    // Nearly all samples say what the one before said, and nothing is on its way.
    if (verdict === this.#last && this.#due === Number.POSITIVE_INFINITY) return 0
    this.#last = verdict
    const change = this.#hold.take(verdict, at, this.#active, this.#delays)
    const over = change === null ? 0 : this.#change(change === 'raise', at, above)
    this.#look()
    return over
  }

  /** Time goes by, and nothing is read before a moment; what is due then waits for what is said then. Gives what `judge` gives. */
  wait(until: number, above: Stand | null): number {
    const due = this.#due
    if (due >= until) return 0
    const change = this.#hold.tick(due, this.#active, this.#delays)
    const over = change === null ? 0 : this.#change(change === 'raise', due, above)
    this.#look()
    return over
  }

  /** History ends. Gives how long it has stood, 0 when it does not. */
  end(at: number): number {
    if (!this.#active || this.#hidden) return 0
    this.tally.stand(this.#from, at)
    this.#told?.({ from: this.#from, to: null, value: this.#value })
    return at - this.#from
  }

  get from(): number {
    return this.#from
  }

  #look(): void {
    const due = this.#active ? this.#hold.clearingUntil(true, this.#delays) : this.#hold.pendingUntil(false, this.#delays)
    this.#due = due ?? Number.POSITIVE_INFINITY
  }

  #change(raised: boolean, at: number, above: Stand | null): number {
    this.#active = raised
    if (raised) {
      this.#from = at
      this.#value = this.check.shown().value
      this.#hidden = above?.activeAt(at) ?? false
      if (!this.#hidden) this.tally.begin(at)
      return 0
    }
    if (this.#hidden) return 0
    this.#to = at
    this.tally.end(this.#from, at, this.#delays.offMs)
    this.#told?.({ from: this.#from, to: at, value: this.#value })
    return at - this.#from
  }
}

export const isLong = (ms: number): boolean => ms > longMs
