import { ruleContentSchema, type Rule, type RuleContent } from '#shared/alarms/rule.ts'

/** What a person decides of a stored rule, without what Hearthgrid notes beside it. */
export function contentOf(rule: Rule): RuleContent {
  const fields = Object.keys(ruleContentSchema.shape) as (keyof RuleContent)[]
  return Object.fromEntries(fields.map((field) => [field, rule[field]])) as RuleContent
}
