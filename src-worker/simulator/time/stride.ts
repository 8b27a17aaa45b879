/** Steps lie on a grid of so much simulated time, ms; long ways are gone in five steps a quarter hour. */
export const fineMs = 5_000
export const coarseMs = 180_000
/** More than this is a long way; the rest of it is gone in fine steps again, so that valves stand as they would. */
const longMs = 60 * 60_000
const quarterHourMs = 15 * 60_000

/** Until when a way from `now` to `target` is gone in coarse steps; `now` when it is not long. To the quarter hour, simulated UTC ms. */
export function coarseUntil(now: number, target: number): number {
  if (target - now <= longMs) return now
  return Math.floor((target - longMs) / quarterHourMs) * quarterHourMs
}

/**
 * Length of the next step in ms, or 0 when it would go past `target`. It follows from these moments alone, so that stops on the way
 * change nothing. `event`: when something happens next; no step goes over it that a shorter one would not.
 */
export function strideAt(now: number, target: number, coarse: number, event: number): number {
  const long = now + coarseMs
  if (now % coarseMs === 0 && long <= coarse && long <= target && long <= event) return coarseMs
  return now + fineMs <= target ? fineMs : 0
}
