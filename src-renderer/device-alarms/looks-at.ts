import { pointsNamed } from '#shared/alarms/find-points.ts'
import type { Override, Rule } from '#shared/alarms/rule.ts'
import { inScope } from '#shared/alarms/scope.ts'
import type { OpenDevice } from '../device-context.ts'
import { alarmBits } from './points.ts'

/** A rule that applies to a device. `lacking`: the device has none of the points that it looks at. */
export type Looking = { rule: Rule; lacking: boolean; override: Override | null }

/** The rules whose scope a device is in; those of the program itself are about no device. */
export function rulesFor(rules: readonly Rule[], device: OpenDevice): Looking[] {
  return rules.flatMap((rule) => {
    if (rule.test.kind === 'health' || rule.removedAt !== null || !inScope(rule.scope, device)) return []
    return [{ rule, lacking: !hasPoints(rule, device), override: rule.overrides.find((one) => one.device === device.id) ?? null }]
  })
}

function hasPoints({ test }: Rule, { points }: OpenDevice): boolean {
  const bearer = { points, series: points.map(({ series }) => series), served: ({ served }: { served: boolean }) => served }
  const any = (names: readonly string[]) => names.some((name) => pointsNamed(name, bearer).length > 0)
  switch (test.kind) {
    case 'offline':
    case 'meter':
    case 'health':
      return true
    case 'deviation':
      return any(test.pairs.map(({ point }) => point))
    case 'controller':
      return test.points.length > 0 ? any(test.points) : alarmBits(points).length > 0
    case 'sensor':
    case 'missing':
      return test.points.length > 0 ? any(test.points) : points.some(({ role, served }) => served && role === 'measure')
    case 'limit':
    case 'rate':
    case 'consumption':
    case 'stuck':
      return any(test.points)
  }
}
