/** A number in [0, 1) that belongs to this seed and place, and to no other. */
export function chance(seed: number, place: number): number {
  let h =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place | 0, 0xc2b2ae35) ^ Math.imul(Math.floor(place / 2 ** 32) | 0, 0x27d4eb2f)
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32
}

/** A smooth course in [-1, 1] that turns about once a period. `at` and `period` in ms; the same seed gives the same course. */
export function wave(seed: number, at: number, periodMs: number): number {
  const steps = at / (periodMs / 2)
  const step = Math.floor(steps)
  const x = steps - step
  const blend = x * x * x * (x * (x * 6 - 15) + 10)
  return 2 * (chance(seed, step) * (1 - blend) + chance(seed, step + 1) * blend) - 1
}

/** 0 below `from`, 1 above `to`, without a corner between. */
export function smoothStep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from), 0, 1)
  return t * t * (3 - 2 * t)
}

export function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high)
}
