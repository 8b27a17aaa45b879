import type { CallOutput } from '#shared/api.ts'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { isWritable, type Writable } from './setting-draft.ts'

type SettingChange = CallOutput<'audit.settingChanges'>[number]

/**
 * What would undo the last change from here: the value before it. Null when the setting has moved on since, when there was no
 * value before, or when it holds that value again.
 */
export function revertOf(
  point: PointInfo,
  reading: Reading | undefined,
  last: SettingChange | undefined,
): { point: Writable; value: number; expect: number } | null {
  if (!isWritable(point) || !last || last.from === null || !reading || reading.value === null) return null
  if (last.outcome !== 'done' && last.outcome !== 'different') return null
  if (reading.value !== last.found || reading.value === last.from) return null
  const { min, max, only } = point.write
  const allowed = only ? only.includes(last.from) : last.from >= min && last.from <= max
  return allowed || last.from === point.off ? { point, value: last.from, expect: reading.value } : null
}
