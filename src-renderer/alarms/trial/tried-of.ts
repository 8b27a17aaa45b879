import type { RuleContent } from '#shared/alarms/rule.ts'

/** What of a rule a trial depends on; two rules with the same text here have the same past. */
export function triedOf({ test, scope, while: gates, onDelayS, offDelayS, overrides }: RuleContent): string {
  return JSON.stringify([test, scope, gates, onDelayS, offDelayS, overrides])
}
