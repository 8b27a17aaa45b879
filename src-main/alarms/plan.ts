import type { Calendar } from '#shared/calendar.ts'
import { conditionsOf } from '#shared/alarms/expand.ts'
import { keyOf } from '#shared/alarms/condition-key.ts'
import { alarmKinds, type AlarmKind, type Rule } from '#shared/alarms/rule.ts'
import { inScope } from '#shared/alarms/scope.ts'
import type { PlantDevice } from '../plant.ts'
import { Condition } from './condition.ts'
import { lineOf, ruleDevice } from './rule-device.ts'
import type { Source } from './source.ts'

/** The conditions of a rule on one device that come from its readings. */
export function readingConditions(rule: Rule, device: PlantDevice, calendar: Calendar, now: number): Condition[] {
  const seen = ruleDevice(device)
  if (!inScope(rule.scope, seen)) return []
  return conditionsOf(rule, seen, calendar, now).map((planned) => Condition.ofReadings(rule, device, planned, lineOf(device)))
}

/** The conditions of a rule that a source watches. */
export function sourceConditions(rule: Rule, devices: readonly PlantDevice[], source: Source): Condition[] {
  const fitting = devices.filter((device) => inScope(rule.scope, ruleDevice(device)) && !isOff(rule, device.id))
  const byId = new Map(fitting.map((device) => [device.id, device]))
  return source.places(rule, fitting).map((place) => Condition.ofSource(rule, byId.get(place.device) ?? null, place))
}

const isOff = (rule: Rule, device: string) => rule.overrides.some((one) => one.device === device && one.off)

/** Which source watches a kind; the others come from readings. */
export function sourcesByKind(sources: readonly Source[]): ReadonlyMap<AlarmKind, Source> {
  return new Map(alarmKinds.flatMap((kind) => sources.filter(({ kinds }) => kinds.includes(kind)).map((source) => [kind, source] as const)))
}

/** Looks at the same thing in the same way, so that what it has seen so far goes on to count. */
export function isSame(a: Condition, b: Condition): boolean {
  return (
    a.rule.version === b.rule.version &&
    a.rule.id === b.rule.id &&
    a.device?.profile === b.device?.profile &&
    a.name === b.name &&
    a.line === b.line &&
    keyOf(a.place) === keyOf(b.place) &&
    String(a.check?.series) === String(b.check?.series)
  )
}
