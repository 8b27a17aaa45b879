import type { AlarmKind, AlarmTest, RuleContent, TestOf } from '#shared/alarms/rule.ts'
import type { Quantity } from '#shared/units.ts'

/**
 * Deadband to begin with, in the canonical unit: 1 K for temperatures; elsewhere about 2 % (pressure) or 5 % (flow, level) of a usual range
 * in a heating station (EEMUA 191).
 */
const deadbands: Partial<Record<Quantity, number>> = {
  temperature: 1,
  temperatureDifference: 1,
  pressure: 0.2,
  flow: 0.1,
  power: 5,
  ratio: 5,
}
export const deadbandOf = (is: Quantity | null): number => (is === null ? 0 : (deadbands[is] ?? 0))

/** Seconds that a condition holds before it is raised: 15 s for pressure and flow (EEMUA 191), 5 min for temperatures, which are slow here. */
export const onDelayOf = (is: Quantity | null): number => {
  if (is === 'pressure' || is === 'flow') return 15
  return is === 'temperature' || is === 'temperatureDifference' ? 300 : 60
}

const tests: { [K in AlarmKind]: TestOf<K> } = {
  limit: { kind: 'limit', points: [], highHigh: null, high: null, low: null, lowLow: null, deadband: 1 },
  rate: { kind: 'rate', points: [], rise: null, fall: null, minutes: 60 },
  deviation: {
    kind: 'deviation',
    pairs: [{ point: 'circuit.flow', reference: 'circuit.flowReference' }],
    above: null,
    below: 5,
    deadband: 1,
  },
  consumption: { kind: 'consumption', points: [], from: '01:00', to: '04:00', above: null, below: null },
  controller: { kind: 'controller', points: [] },
  offline: { kind: 'offline' },
  sensor: { kind: 'sensor', points: [], polls: 2 },
  stuck: { kind: 'stuck', points: [], hours: 24, within: 0.1 },
  missing: { kind: 'missing', points: [], hours: 24 },
  meter: { kind: 'meter', severities: 'alarm' },
  health: { kind: 'health', checks: ['diskFree', 'historyFailed'], diskFree: 5, backupAge: 48, pollOverrun: 60 },
}

/** Delays that suit a kind, in seconds. Kinds that count time by themselves need none. */
const delays: Partial<Record<AlarmKind, { onDelayS: number; offDelayS: number }>> = {
  limit: { onDelayS: 300, offDelayS: 60 },
  rate: { onDelayS: 60, offDelayS: 300 },
  deviation: { onDelayS: 1800, offDelayS: 300 },
  offline: { onDelayS: 1200, offDelayS: 60 },
  sensor: { onDelayS: 0, offDelayS: 300 },
  health: { onDelayS: 60, offDelayS: 300 },
}

export const startTest = (kind: AlarmKind): AlarmTest => structuredClone<AlarmTest>(tests[kind])
export const startDelays = (kind: AlarmKind) => delays[kind] ?? { onDelayS: 0, offDelayS: 0 }

/** A new rule of a kind: nothing is named yet, and nobody is told. */
export function startContent(kind: AlarmKind): RuleContent {
  return {
    name: '',
    description: '',
    enabled: true,
    priority: 'medium',
    scope: { by: 'all', except: [] },
    test: startTest(kind),
    while: [],
    ...startDelays(kind),
    latched: false,
    cause: '',
    consequence: '',
    action: '',
    respondMinutes: 240,
    link: '',
    notify: { steps: [], resolved: true, schedule: null },
    overrides: [],
  }
}

/** The same rule of another kind. What both kinds have stays: name, devices, points, response. Numbers of single devices belong to the old kind. */
export function withKind(content: RuleContent, kind: AlarmKind): RuleContent {
  if (content.test.kind === kind) return content
  const test = startTest(kind)
  if ('points' in test && 'points' in content.test) test.points = content.test.points
  return { ...content, test, ...startDelays(kind), overrides: content.overrides.map((one) => ({ ...one, values: {} })) }
}

/** The test with another deadband, where its kind has one. */
export function withDeadband(test: AlarmTest, deadband: number | null): AlarmTest {
  return 'deadband' in test && deadband !== null ? { ...test, deadband } : test
}
