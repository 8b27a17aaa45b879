import type { Suppression } from '#shared/alarms/state.ts'
import type { Condition } from './condition.ts'
import type { Conditions } from './conditions.ts'

/** Why logic hides a condition now: its device is worked on, or the one above it stands (or is about to, on another device or line). */
export function wantedSuppression(
  condition: Condition,
  conditions: Conditions,
  inMaintenance: (device: string) => boolean,
  at: number,
): Suppression | null {
  const { device } = condition.place
  if (device !== '' && inMaintenance(device)) return { at, reason: 'maintenance', by: null }
  const parent = condition.parent === null ? undefined : conditions.get(condition.parent)
  if (!parent) return null
  const isLevel = parent.place.device === device && parent.place.point === condition.place.point && device !== ''
  const stands = parent.kept.standing.active || (!isLevel && parent.pendingUntil !== null)
  return stands ? { at, reason: isLevel ? 'severe' : 'parent', by: parent.key } : null
}

/** Above all others first, so that what stands for others is there before them. */
export function depthOf(condition: Condition, conditions: Conditions): number {
  let depth = 0
  let above = condition.parent
  while (above !== null && depth < 8) {
    depth++
    above = conditions.get(above)?.parent ?? null
  }
  return depth
}
