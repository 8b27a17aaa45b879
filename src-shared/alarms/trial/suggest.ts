import type { Outcome } from '../trial-contract.ts'
import type { Variant } from './variants.ts'

export type Tried = Variant & { lost: number; outcome: Outcome }

/** Fewer fleeting occurrences than this, or a smaller share of all, are nothing to change a rule for. */
const fewFleeting = 3
const shareFleeting = 0.1

/**
 * The mildest variant after which nothing chatters and at most half of the fleeting occurrences are left, none of those over an hour being lost.
 * `variants` stand mildest first: a small deadband changes least, a delay costs time to respond. Where none takes all of the chattering away, the
 * one that leaves least, when that is less than half. Null: there is nothing to do, or nothing of this helps.
 */
export function suggest(now: Outcome, variants: readonly Tried[]): Tried | null {
  const isRestless = now.chattering > 0 || (now.fleeting >= fewFleeting && now.fleeting > now.occurrences * shareFleeting)
  if (!isRestless) return null
  const safe = variants.filter(({ lost }) => lost === 0)
  const calm = safe.find(({ outcome }) => outcome.chattering === 0 && outcome.fleeting <= now.fleeting / 2)
  if (calm) return calm
  const rest = ({ chattering, fleeting }: Outcome) => chattering + fleeting
  const best = safe.toSorted((a, b) => rest(a.outcome) - rest(b.outcome))[0]
  return best && rest(best.outcome) < rest(now) / 2 ? best : null
}
