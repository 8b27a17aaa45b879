import { faultsOfRule, type RuleFault } from '#shared/alarms/rule-faults.ts'
import { ruleContentSchema, type AlarmTest, type RuleContent } from '#shared/alarms/rule.ts'

/** The steps of the wizard in their order. */
export const steps = ['kind', 'name', 'devices', 'point', 'recipients', 'time', 'response', 'overview'] as const
export type Step = (typeof steps)[number]

export type ProblemCode =
  | RuleFault
  | 'noName'
  | 'noPoint'
  | 'noReference'
  | 'emptyGroup'
  | 'noProfile'
  | 'number'
  | 'gatePoint'
  | 'noCheck'
  | 'form'
export type Problem = { step: Step; code: ProblemCode }

const scopeFaults: ReadonlySet<RuleFault> = new Set<RuleFault>(['noDevice'])

/** What keeps the rule from being saved, in the order of the steps; empty when nothing does. */
export function problemsOf(content: RuleContent): Problem[] {
  const found: Problem[] = []
  const add = (step: Step, code: ProblemCode, wrong: boolean) => {
    if (wrong) found.push({ step, code })
  }
  add('name', 'noName', content.name.trim() === '')
  const { scope, test } = content
  add('devices', 'emptyGroup', scope.by === 'group' && scope.labels.length === 0 && scope.words.trim() === '')
  add('devices', 'noProfile', scope.by === 'application' && scope.profiles.length === 0)
  const faults = faultsOfRule(content)
  for (const fault of faults) add(scopeFaults.has(fault) ? 'devices' : 'point', fault, true)
  add('point', 'noPoint', lacksPoint(test))
  add('point', 'noReference', test.kind === 'deviation' && test.pairs.some(({ point, reference }) => point === '' || reference === ''))
  add('point', 'noCheck', test.kind === 'health' && test.checks.length === 0)
  add('point', 'number', lacksNumber(test))
  add(
    'point',
    'gatePoint',
    content.while.some(({ point, value }) => point === '' || !isNumber(value)),
  )
  add('time', 'number', !isNumber(content.onDelayS) || !isNumber(content.offDelayS))
  if (found.length === 0) for (const step of formFaults(content)) add(step, 'form', true)
  return found
}

/** Kinds in which no point means all of them. */
const maySayNone: ReadonlySet<AlarmTest['kind']> = new Set<AlarmTest['kind']>(['controller', 'sensor', 'missing'])

const lacksPoint = (test: AlarmTest) =>
  (test.kind === 'deviation' && test.pairs.length === 0) || ('points' in test && test.points.length === 0 && !maySayNone.has(test.kind))

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)

const needed: { [kind in AlarmTest['kind']]?: readonly string[] } = {
  limit: ['deadband'],
  rate: ['minutes'],
  deviation: ['deadband'],
  sensor: ['polls'],
  stuck: ['hours', 'within'],
  missing: ['hours'],
  health: ['diskFree', 'backupAge', 'pollOverrun'],
}

const lacksNumber = (test: AlarmTest) => (needed[test.kind] ?? []).some((name) => !isNumber((test as Record<string, unknown>)[name]))

const stepsOfFields: Record<string, Step> = {
  name: 'name',
  description: 'name',
  scope: 'devices',
  overrides: 'devices',
  test: 'point',
  while: 'point',
  notify: 'recipients',
  onDelayS: 'time',
  offDelayS: 'time',
}

/** What only the form of the whole says, such as a number out of its range. */
function formFaults(content: RuleContent): Set<Step> {
  const { error } = ruleContentSchema.safeParse(content)
  return new Set((error?.issues ?? []).map(({ path }) => stepsOfFields[String(path[0])] ?? 'response'))
}
