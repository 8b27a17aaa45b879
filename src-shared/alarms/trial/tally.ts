import type { Outcome } from '../trial-contract.ts'

export const slotMs = 15 * 60_000
/** The fastest coming and going that quarter hours can show is a begin each half hour; live, such a value would come and go far more often. */
const chatterMs = 6 * slotMs
const chatterCount = 3

/** How often one condition came up, as it goes on in time. */
export class Tally {
  occurrences = 0
  chattering = 0
  fleeting = 0
  activeMs = 0
  #before = Number.NaN
  #beforeThat = Number.NaN
  /** How many of the last begins are counted as chattering already. */
  #counted = 0

  /** Three or more begins of one condition within six quarter hours are chattering, all of them. */
  begin(at: number): void {
    this.occurrences++
    const isChatter = at - this.#beforeThat <= chatterMs
    if (isChatter) this.chattering += chatterCount - this.#counted
    this.#counted = isChatter ? chatterCount - 1 : Math.max(0, this.#counted - 1)
    this.#beforeThat = this.#before
    this.#before = at
  }

  /** `offMs`: it was gone for so long before it cleared. Gone within one quarter hour is fleeting. */
  end(from: number, to: number, offMs: number): void {
    this.activeMs += to - from
    if (to - offMs - from <= slotMs) this.fleeting++
  }

  /** It still stands when history ends. */
  stand(from: number, to: number): void {
    this.activeMs += Math.max(0, to - from)
  }
}

const weekMs = 7 * 24 * 3_600_000

/** Adds up what conditions did, for a rule as a whole. */
export class Sum {
  readonly #devices = new Set<string>()
  #occurrences = 0
  #chattering = 0
  #fleeting = 0
  #activeMs = 0
  lost = 0

  add(device: string, tally: Tally, lost: number): void {
    if (tally.occurrences > 0) this.#devices.add(device)
    this.#occurrences += tally.occurrences
    this.#chattering += tally.chattering
    this.#fleeting += tally.fleeting
    this.#activeMs += tally.activeMs
    this.lost += lost
  }

  /** `spanMs`: the time that was looked at. */
  outcome(spanMs: number): Outcome {
    return {
      occurrences: this.#occurrences,
      chattering: this.#chattering,
      fleeting: this.#fleeting,
      devices: this.#devices.size,
      activeMs: this.#activeMs,
      perWeek: spanMs > 0 ? (this.#occurrences * weekMs) / spanMs : 0,
    }
  }
}
