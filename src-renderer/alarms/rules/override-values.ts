import type { AlarmTest, RuleContent } from '#shared/alarms/rule.ts'

/** Numbers of a kind that one device may have otherwise. */
const names = {
  limit: ['highHigh', 'high', 'low', 'lowLow', 'deadband'],
  rate: ['rise', 'fall', 'minutes'],
  deviation: ['above', 'below', 'deadband'],
  consumption: ['above', 'below'],
  controller: [],
  offline: [],
  sensor: ['polls'],
  stuck: ['hours', 'within'],
  missing: ['hours'],
  meter: [],
  health: [],
} as const satisfies Record<AlarmTest['kind'], readonly string[]>

export type ValueName = (typeof names)[AlarmTest['kind']][number]

export const valueNames = (kind: AlarmTest['kind']): readonly ValueName[] => names[kind]

/** The number of the rule itself; null when it has none of the name. */
export function ruleValue(test: AlarmTest, name: ValueName): number | null {
  const value = (test as Record<string, unknown>)[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

type Override = RuleContent['overrides'][number]

/** The test as it is on the device, with the numbers that differ there. */
export const overriddenTest = (test: AlarmTest, override: Override): AlarmTest => ({ ...test, ...override.values }) as AlarmTest

/** Overrides with one put in, in place of the former one of the same device. */
export const withOverride = (overrides: readonly Override[], next: Override): Override[] => [
  ...overrides.filter(({ device }) => device !== next.device),
  next,
]
