/** What the values of one column say together. `spread`: what a value usually differs from the median, in the unit of the values. */
export type Group = { count: number; min: number; median: number; max: number; spread: number }

/** Below so many values nobody can say what is usual. */
export const fewest = 5
/** From so many spreads on a value is unusual, and very unusual. */
export const unusual = 2
export const veryUnusual = 3.5

/** Makes the median absolute deviation, and the middle half, as wide as a standard deviation where values are normally spread. */
const madScale = 1.4826
const quartileScale = 1 / 1.349

/**
 * Robust: a few broken or cold devices do not move it. Where more than half of the values are the same, the middle half counts, and where that is
 * the same too, `resolution`, the smallest step in which the values are shown. Null without values.
 */
export function groupOf(values: readonly number[], resolution: number): Group | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const distances = sorted.map((value) => Math.abs(value - median)).sort((a, b) => a - b)
  const mad = quantile(distances, 0.5) * madScale
  const half = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) * quartileScale
  const spread = Math.max(mad > 0 ? mad : half, resolution)
  return { count: sorted.length, min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0, spread }
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}

/** How many spreads a value lies above (below: negative) the median of its group. Null where the group is too small to say. */
export function deviationOf(value: number, group: Group | null): number | null {
  return group === null || group.count < fewest ? null : (value - group.median) / group.spread
}

export type Level = 'far above' | 'above' | 'usual' | 'below' | 'far below'

export function levelOf(deviation: number | null): Level | null {
  if (deviation === null) return null
  const size = Math.abs(deviation)
  if (size < unusual) return 'usual'
  if (deviation > 0) return size < veryUnusual ? 'above' : 'far above'
  return size < veryUnusual ? 'below' : 'far below'
}
