import type { alarms } from '#shared/alarms/contract.ts'
import type { Rule } from '#shared/alarms/rule.ts'
import { inScope } from '#shared/alarms/scope.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { OutputOf } from '#shared/contract.ts'
import type { PlantDevice } from '../plant.ts'
import { readingConditions, sourceConditions, sourcesByKind } from './plan.ts'
import { ruleDevice } from './rule-device.ts'
import type { Source } from './source.ts'

/** Which devices and points a rule looks at, and which devices of its scope have nothing for it. */
export function effectOf(
  rule: Rule,
  devices: readonly PlantDevice[],
  sources: readonly Source[],
  calendar: Calendar,
  now: number,
): OutputOf<typeof alarms.effect> {
  const fitting = devices.filter((device) => inScope(rule.scope, ruleDevice(device)))
  const overrides = new Map(rule.overrides.filter(({ until }) => until === null || until > now).map((one) => [one.device, one]))
  const source = sourcesByKind(sources).get(rule.test.kind)
  const whole: Rule = { ...rule, overrides: rule.overrides.map((one) => ({ ...one, off: false })) }
  const places = source
    ? sourceConditions(whole, fitting, source).map(({ place }) => place)
    : fitting.flatMap((device) => readingConditions(whole, device, calendar, now).map(({ place }) => place))
  const points = new Map<string, Set<string>>()
  for (const { device, point } of places) points.set(device, (points.get(device) ?? new Set()).add(point))
  const has = ({ id }: PlantDevice) => points.has(id)
  const isNeeded = rule.test.kind !== 'health' && rule.test.kind !== 'meter'
  return {
    devices: fitting.filter(has).map(({ id, name, place }) => ({
      device: id,
      name,
      place,
      points: [...(points.get(id) ?? [])].filter((point) => point !== ''),
      overridden: overrides.has(id),
      off: overrides.get(id)?.off ?? false,
    })),
    lacking: isNeeded ? fitting.filter((device) => !has(device)).map(({ id, name }) => ({ device: id, name })) : [],
    conditions: places.length,
  }
}
