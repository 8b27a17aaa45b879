/** Random numbers of each house from its own seed, so that one house does not change the luck of another (xorshift32). */
export type Dice = {
  /** Uniform in [0, 1). */
  roll(house: number): number
  /** Number of events where `mean` are expected (Poisson). */
  count(house: number, mean: number): number
}

/** `state` holds one number a house, not 0, and is all that the dice remember. */
export function createDice(state: Float64Array): Dice {
  const roll = (house: number): number => {
    let x = (state[house] ?? 1) | 0
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    state[house] = x >>> 0
    return (x >>> 0) / 4_294_967_296
  }
  return {
    roll,
    count(house, mean) {
      const limit = Math.exp(-mean)
      let found = 0
      for (let product = roll(house); product > limit; product *= roll(house)) found++
      return found
    },
  }
}
