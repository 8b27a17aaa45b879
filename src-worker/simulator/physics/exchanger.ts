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
