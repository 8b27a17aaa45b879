import type { CallInput } from '#shared/api.ts'
import type { RuleContentInput, TestOf } from '#shared/alarms/rule.ts'

export const tooHot: TestOf<'limit'> = {
  kind: 'limit',
  points: ['circuit1.flow'],
  highHigh: null,
  high: 80,
  low: null,
  lowLow: null,
  deadband: 2,
}

/** A rule that comes up at once, with what the test wants otherwise. */
export function ruleOf(change: Partial<RuleContentInput> = {}): CallInput<'alarms.addRule'>['content'] {
  return {
    name: 'Flow too hot',
    description: '',
    enabled: true,
    priority: 'medium',
    scope: { by: 'all' },
    test: tooHot,
    while: [],
    onDelayS: 0,
    offDelayS: 0,
    latched: false,
    cause: 'A valve is stuck',
    consequence: 'Pipes age',
    action: 'Look at the valve\nCall the plumber',
    respondMinutes: 60,
    link: '',
    notify: { steps: [], resolved: false, schedule: null },
    overrides: [],
    ...change,
  }
}
