const hour = 3_600_000
const day = 24 * hour

// How much hot water people draw half past each hour, against each other: they rise, cook and go to bed.
const shares = [0.2, 0.1, 0.1, 0.1, 0.2, 0.8, 2.2, 2.6, 1.8, 1.2, 1, 1, 1.1, 1, 0.9, 0.9, 1.1, 1.5, 2, 2, 1.7, 1.3, 0.9, 0.5] as const
const mean = shares.reduce<number>((sum, share) => sum + share, 0) / 24
const shareOf = (n: number) => shares[n % 24] ?? 0

/** Hot water drawn at a local time (counted like UTC ms), 1 in the day's mean. Straight between the half hours. */
export function habitAt(local: number): number {
  const since = local - hour / 2
  const position = (since - Math.floor(since / day) * day) / hour
  const whole = Math.floor(position)
  return (shareOf(whole) + (position - whole) * (shareOf(whole + 1) - shareOf(whole))) / mean
}
