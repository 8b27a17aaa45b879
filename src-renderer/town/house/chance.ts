/** Numbers from 0 to 1 that are always the same for a seed. */
export function chanceOf(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One of the list, by a number from 0 to 1. */
export function pick<T>(list: readonly [T, ...T[]], chance: number): T {
  return list[Math.min(list.length - 1, Math.floor(chance * list.length))] ?? list[0]
}
