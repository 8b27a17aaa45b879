const hourMs = 3_600_000
/** A register that is this near below a power of ten may begin anew behind it. */
const rolloverShare = 0.95
/** A step back by no more than this part of the register may be its last digit. */
const jitterShare = 0.05
/** More than so many times what was ever counted in the same time is doubtful. */
const times = 10
/** Fewer steps up say nothing of what is usual. */
const fewest = 8
/** Doubtful samples in a row that agree with each other are the register as it is now. */
const agreed = 4
/** A step that goes on at so much of its rate was used, not another meter. */
const goesOnShare = 0.25

/**
 * What a register counted, told sample by sample, without what it does besides counting up: steps back, zeros, stray values, another meter.
 * `total` grows with what was surely used; `breaks` with each time that it is not known how much was.
 */
export class CountUp {
  total = 0
  breaks = 0
  /** UTC ms of the last sample that counts; NaN before the first. */
  at = Number.NaN
  #value = Number.NaN
  /** When it last moved: a coarse register stands still for long. */
  #movedAt = Number.NaN
  #mostPerHour: number
  readonly #limitPerHour: number
  #usual = 0
  #steps = 0
  #smallest = Infinity
  readonly #doubt = { first: 0, firstAt: 0, now: 0, nowAt: 0, samples: 0 }

  /** More than `limitPerHour` cannot be, in the unit of the register. */
  constructor(limitPerHour: number) {
    this.#limitPerHour = limitPerHour
    this.#mostPerHour = limitPerHour
  }

  /**
   * Returns whether the sample counts, so that `at` and `total` are of it. A clock that was set back is a break. A zero is silence, and where
   * there never is anything else there is no meter.
   */
  take(value: number, at: number): boolean {
    if (value <= 0 || at === this.at) return false
    if (Number.isNaN(this.#value)) return this.#keep(value, at, 0)
    if (at < this.at) {
      this.breaks++
      return this.#keep(value, at, 0)
    }
    const step = value - this.#value
    if (step >= 0 && !this.#isAgain(value) && this.#canBe(step, at)) return this.#keep(value, at, step)
    // A step back within the last digit means nothing.
    if (step < 0 && -step < Math.min(2 * this.#smallest, jitterShare * this.#value)) return false
    const around = 10 ** Math.ceil(Math.log10(this.#value))
    if (step < 0 && this.#doubt.samples === 0 && this.#value > rolloverShare * around && this.#isUsual(around + step, at)) {
      return this.#keep(value, at, around + step)
    }
    return this.#doubtful(value, at)
  }

  /** A jump does not become possible by waiting. */
  #isAgain(value: number): boolean {
    const { samples, first } = this.#doubt
    return samples > 0 && first > this.#value && value >= first
  }

  #doubtful(value: number, at: number): boolean {
    const doubt = this.#doubt
    if (doubt.samples === 0 || value < doubt.now) return this.#doubtAnew(value, at)
    const grown = value - doubt.first
    const isUp = doubt.first > this.#value
    const jumped = (doubt.first - this.#value) / (doubt.firstAt - this.#movedAt)
    if (isUp && grown / (at - doubt.firstAt) >= goesOnShare * jumped && this.#isPossible(value - this.#value, at)) {
      return this.#keep(value, at, value - this.#value)
    }
    const step = value - doubt.now
    if (!this.#isSmall(step) && (step * hourMs) / (at - doubt.nowAt) > this.#mostPerHour) return this.#doubtAnew(value, at)
    doubt.now = value
    doubt.nowAt = at
    doubt.samples++
    if (doubt.samples < agreed) return false
    this.breaks++
    return this.#keep(value, at, grown)
  }

  #doubtAnew(value: number, at: number): false {
    Object.assign(this.#doubt, { first: value, firstAt: at, now: value, nowAt: at, samples: 1 })
    return false
  }

  #keep(value: number, at: number, step: number): boolean {
    if (step > 0) {
      this.#smallest = Math.min(this.#smallest, step)
      this.#usual = Math.max(this.#usual, this.#perHour(step, at))
      this.#steps++
      if (this.#steps >= fewest) this.#mostPerHour = Math.min(this.#limitPerHour, times * this.#usual)
    }
    if (step > 0 || Number.isNaN(this.#value) || value !== this.#value) this.#movedAt = at
    this.#doubt.samples = 0
    this.#value = value
    this.at = at
    this.total += step
    return true
  }

  #perHour(step: number, at: number): number {
    return (step * hourMs) / Math.max(1, at - this.#movedAt)
  }

  #canBe(step: number, at: number): boolean {
    return this.#perHour(step, at) <= this.#mostPerHour || this.#isSmall(step)
  }

  #isSmall(step: number): boolean {
    return this.#steps > 0 && step <= 2 * this.#smallest
  }

  #isPossible(step: number, at: number): boolean {
    return this.#perHour(step, at) <= this.#limitPerHour
  }

  #isUsual(step: number, at: number): boolean {
    return this.#steps > 0 && this.#canBe(step, at)
  }
}
