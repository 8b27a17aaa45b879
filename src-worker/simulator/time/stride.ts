/** Steps lie on a grid of so much simulated time, ms; long ways are gone in minutes. */
export const fineMs = 5_000
export const coarseMs = 60_000
/** More than this is a long way; its last hour is gone in fine steps again, so that valves stand as they would. */
const longMs = 60 * 60_000

/**
 * Length of the next step in ms, or 0 when it would go past `target`. It follows from these moments alone, so that stops on the way
 * change nothing. `event`: when something happens next; no step goes over it that a shorter one would not.
 */
export function strideAt(now: number, target: number, event: number): number {
  if (now + fineMs > target) return 0
  const coarse = now % coarseMs === 0 && target - now > longMs && event >= now + coarseMs
  return coarse ? coarseMs : fineMs
}
