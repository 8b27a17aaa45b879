/** Numbers that look random and are the same in every run. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0 || 1
  }

  /** A whole number from 0 to below `below`. */
  roll(below: number): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return (x >>> 0) % below
  }

  bytes(into: Uint8Array, length: number): Uint8Array {
    for (let i = 0; i < length; i++) into[i] = this.roll(256)
    return into.subarray(0, length)
  }
}
