/** A device that has not answered for so long will not answer that request any more. */
const forgetMs = 10_000

type Missing = { code: number; length: number; until: number }

/**
 * Answers that were given up and may still come. On a serial line nothing in an answer says which request it belongs to, only its
 * unit, function and length do.
 */
export class LateAnswers {
  readonly #units = new Map<number, Missing[]>()

  add(unit: number, code: number, length: number, now: number): void {
    this.#units.set(unit, [...this.#of(unit, now), { code, length, until: now + forgetMs }])
  }

  /** The lengths of the answers that the unit still owes for this function. */
  lengths(unit: number, code: number, now: number): ReadonlySet<number> {
    if (this.#units.size === 0) return none
    return new Set(this.#of(unit, now).flatMap((missing) => (missing.code === code ? missing.length : [])))
  }

  owes(unit: number, now: number): boolean {
    return this.#of(unit, now).length > 0
  }

  /** The unit has answered something newer: devices answer in order. */
  settled(unit: number): void {
    this.#units.delete(unit)
  }

  #of(unit: number, now: number): Missing[] {
    return (this.#units.get(unit) ?? []).filter(({ until }) => now < until)
  }
}

const none: ReadonlySet<number> = new Set()
