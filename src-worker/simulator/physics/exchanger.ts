/** Share of the greatest possible heat that a counterflow exchanger gives: NTU method. `ratio` is the smaller by the larger capacity flow. */
export function effectiveness(units: number, ratio: number): number {
  if (ratio > 0.999) return units / (1 + units)
  const rest = Math.exp(-units * (1 - ratio))
  return (1 - rest) / (1 - ratio * rest)
}

/**
 * Transfer of a plate exchanger off its design, W/K: both films follow their flow to the power of 0.7. `x1`, `x2` are flows by their
 * design; `films` x2 to the power of 0.7, which changes seldom.
 */
export function transferAt(design: number, x1: number, films: number): number {
  const first = x1 ** 0.7
  return (2 * design * first * films) / (first + films)
}

/** Opening of an equal-percentage valve (rangeability 50) that is really shut at 0. */
export function opening(position: number): number {
  return Math.exp(3.912 * (position - 1)) - 0.02 * (1 - position)
}

/** Where a valve stands that is so far open; 0…1. */
export function positionFor(open: number): number {
  if (open <= 0) return 0
  if (open >= 1) return 1
  // Convex: from above, Newton's steps come down to it and never pass it.
  let position = 1 + Math.log(open + 0.02) / 3.912
  for (let i = 0; i < 4; i++) {
    const steep = Math.exp(3.912 * (position - 1))
    position -= (steep - 0.02 * (1 - position) - open) / (3.912 * steep + 0.02)
  }
  return Math.min(1, Math.max(0, position))
}
