import type { Spot } from './projection.ts'

export type Way = 'left' | 'right' | 'up' | 'down'

const ahead: Record<Way, Spot> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }

/** Which spot an arrow key leads to: the nearest in that direction, rather ahead than aside. Null: there is none. */
export function neighbour(spots: readonly Spot[], from: number, way: Way): number | null {
  const start = spots[from]
  if (!start) return spots.length > 0 ? 0 : null
  const [toX, toY] = ahead[way]
  let best: number | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [i, [x, y]] of spots.entries()) {
    const [byX, byY] = [x - start[0], y - start[1]]
    const forward = byX * toX + byY * toY
    const aside = Math.abs(byX * toY - byY * toX)
    if (i === from || forward <= 0 || aside > 2 * forward) continue
    const cost = forward + 1.5 * aside
    if (cost < least) [best, least] = [i, cost]
  }
  return best
}
