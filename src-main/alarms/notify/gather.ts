import type { Priority } from '#shared/alarms/priority.ts'

/** What waits on one way to one recipient. */
type Waiting = { id: string; priority: Priority; raisedAt: number; message: string | null }

/** More than these at one look are one message. */
const burst = 5
export const windowMs = 10 * 60_000

/**
 * Which notices go now, as one message: those that failed together go together again, a few go one by one, many or too many are
 * gathered, the first that came up first. Otherwise when one may go (UTC ms). `started`: when messages went that way in the last ten minutes, oldest first.
 * What is critical does not wait until twice as many went.
 */
export function nextMessage<W extends Waiting>(
  due: readonly W[],
  started: readonly number[],
  most: number,
): { send: W[] } | { notBefore: number } {
  const ordered = due.toSorted((a, b) => a.raisedAt - b.raisedAt)
  const budget = ordered.some(({ priority }) => priority === 'critical') ? 2 * most : most
  const left = budget - started.length
  const freeing = started[started.length - budget]
  if (left <= 0) return { notBefore: (freeing ?? 0) + windowMs }
  const again = ordered.find(({ message }) => message !== null)
  if (again) return { send: ordered.filter(({ message }) => message === again.message) }
  if (ordered.length > burst || ordered.length > left) return { send: ordered }
  return { send: ordered.slice(0, 1) }
}
