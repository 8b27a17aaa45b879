import { shownDecimals } from '#shared/devices/codec.ts'
import { isMade } from '#shared/alarms/measured.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { stateOf } from '#shared/alarms/step.ts'
import { decimals, type Quantity } from '#shared/units.ts'
import type { Latest } from '../latest.ts'
import type { Condition } from './condition.ts'
import type { Kept } from './kept.ts'
import { shownOf } from './record.ts'

const minuteMs = 60_000

/** What a condition is measured in; null where it is no measure. */
export function quantityOf({ point, rule }: Condition): Quantity | null {
  if (point) return point.is
  return rule.test.kind === 'offline' ? 'duration' : null
}

/** A condition as operators see it. `kept`: as written, or as just decided where it is about to be. */
export function presentRow(condition: Condition, latest: Latest, beneath: number, kept: Kept = condition.shown): AlarmRow {
  const { place, rule, device, point } = condition
  const is = quantityOf(condition)
  const now = condition.series === null ? undefined : latest.get(condition.series)
  return {
    id: condition.key,
    occurrence: kept.standing.occurrence,
    state: stateOf(kept.standing),
    active: kept.standing.active,
    priority: condition.priority,
    kind: rule.test.kind,
    rule: rule.id,
    ruleName: rule.name,
    device: device?.id ?? null,
    deviceName: device?.name ?? condition.name,
    place: device?.place ?? '',
    line: condition.line,
    point: place.point === '' ? null : place.point,
    part: place.part,
    series: condition.series,
    is,
    decimals: point ? shownDecimals(point) : is ? decimals[is] : 0,
    value: now && !isMade(rule.test.kind) ? now.value : shownOf(condition).value,
    raisedValue: kept.raisedValue,
    limit: shownOf(condition).limit ?? kept.limit,
    raisedAt: kept.raisedAt,
    clearedAt: kept.clearedAt,
    changedAt: kept.changedAt,
    acknowledged: kept.acknowledged,
    waiting: kept.waiting,
    recent: [...kept.recent],
    pendingUntil: kept.standing.active ? null : condition.pendingUntil,
    respondBy: rule.respondMinutes === null || kept.raisedAt === null ? null : kept.raisedAt + rule.respondMinutes * minuteMs,
    shelf: kept.standing.shelf,
    suppression: kept.standing.suppression,
    out: kept.standing.out,
    beneath,
    unsaved: condition.unsaved,
  }
}
