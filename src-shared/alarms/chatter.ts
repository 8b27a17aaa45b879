const minuteMs = 60_000
const dayMs = 86_400_000

/** Changes within a minute from which on an alarm chatters. */
export const chatters = 3

export type Stay = { raisedAt: number; clearedAt: number | null; acknowledgedAt: number | null }

/** Most changes between active and clear within a minute. */
export function changesInMinute(stays: readonly Stay[]): number {
  const [only] = stays
  if (only && stays.length === 1) return only.clearedAt !== null && only.clearedAt - only.raisedAt < minuteMs ? 2 : 1
  const changes = stays
    .flatMap(({ raisedAt, clearedAt }) => (clearedAt === null ? [raisedAt] : [raisedAt, clearedAt]))
    .toSorted((a, b) => a - b)
  let most = 0
  let first = 0
  changes.forEach((at, i) => {
    while ((changes[first] ?? at) <= at - minuteMs) first += 1
    most = Math.max(most, i - first + 1)
  })
  return most
}

/** Gone within a minute, before anybody could act. */
export const isFleeting = ({ raisedAt, clearedAt, acknowledgedAt }: Stay): boolean =>
  clearedAt !== null && clearedAt - raisedAt < minuteMs && (acknowledgedAt === null || acknowledgedAt > clearedAt)

/** Active for more than a day at `at` (UTC ms). */
export const isStale = ({ raisedAt, clearedAt }: Stay, at: number): boolean => clearedAt === null && at - raisedAt > dayMs
