const hour = 3_600_000
const day = 24 * hour

// How much hot water people draw half past each hour, against each other: they rise, cook and go to bed.
const shares = [0.2, 0.1, 0.1, 0.1, 0.2, 0.8, 2.2, 2.6, 1.8, 1.2, 1, 1, 1.1, 1, 0.9, 0.9, 1.1, 1.5, 2, 2, 1.7, 1.3, 0.9, 0.5] as const
const total = shares.reduce<number>((sum, share) => sum + share, 0)
const shareOf = (n: number) => shares[n % 24] ?? 0

/**
 * Hot water drawn at a local time (counted like UTC ms) as a share of the day's mean, and the hours of that mean since
 * 1 January 1970. Straight between the half hours, so both agree at every instant.
 */
export function habitAt(local: number): { now: number; hours: number } {
  const since = local - hour / 2
  const days = Math.floor(since / day)
  const position = (since - days * day) / hour
  const whole = Math.floor(position)
  const rest = position - whole
  let sum = 0
  for (let n = 0; n < whole; n++) sum += (shareOf(n) + shareOf(n + 1)) / 2
  const now = shareOf(whole) + rest * (shareOf(whole + 1) - shareOf(whole))
  sum += ((shareOf(whole) + now) / 2) * rest
  return { now: (now * 24) / total, hours: days * 24 + (sum * 24) / total }
}
