import type { Rule, RuleContent } from '#shared/alarms/rule.ts'
import type { RulePoints } from '../point-choices.ts'
import type { Problem, Step } from '../problems.ts'

/** What every step of the wizard is given. `save` is null for whom may only look; `rule` for a rule that is there already. */
export type StepProps = {
  content: RuleContent
  put: (change: Partial<RuleContent>) => void
  points: RulePoints
  problems: readonly Problem[]
  go: (step: Step) => void
  rule: Rule | null
  save: { run: (enabled: boolean) => void; busy: boolean } | null
}
