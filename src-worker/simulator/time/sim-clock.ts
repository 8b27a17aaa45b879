/** A wall clock that is put back further than this was wrong before. */
const longestRestMs = 60 * 60_000

/**
 * Simulated time over a wall clock, both UTC ms. It only goes on: while the wall clock shows less than it has shown before, it rests. Put
 * back by more than an hour, the wall clock is followed from there.
 */
export class SimClock {
  readonly #wall: () => number
  #seen: number
  #at: number
  #speed: number

  constructor(wall: () => number, at: number, speed: number) {
    this.#wall = wall
    this.#seen = wall()
    this.#at = at
    this.#speed = speed
  }

  get now(): number {
    const wall = this.#wall()
    if (wall < this.#seen - longestRestMs) this.#seen = wall
    if (wall > this.#seen) {
      this.#at += (wall - this.#seen) * this.#speed
      this.#seen = wall
    }
    return this.#at
  }

  /** Simulated seconds a second; 0: it rests. */
  get speed(): number {
    return this.#speed
  }

  /** How far its present lies before that of the wall clock, ms. */
  get ahead(): number {
    return this.now - this.#wall()
  }

  pace(speed: number): void {
    this.#at = this.now
    this.#speed = speed
  }

  jump(to: number): void {
    this.#at = this.now
    this.#at = to
  }
}
