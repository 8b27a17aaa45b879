import type { Rule, RuleContent } from '#shared/alarms/rule.ts'

/** The rule that would be saved. What is tried counts as enabled. */
export function savedAs(content: RuleContent, now: number): Rule {
  const saved = { id: 'trial', version: 0, library: null, createdAt: now, changedAt: now, changedBy: '', removedAt: null }
  return { ...content, ...saved, enabled: true }
}
