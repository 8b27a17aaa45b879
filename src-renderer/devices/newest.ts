import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading, SeriesReading } from '#shared/reading.ts'
import type { SettingChange } from './WriteState.tsx'

/** What was read, and what was read back later after a change, whoever made it. */
export function newestOf(
  points: readonly PointInfo[],
  read: readonly SeriesReading[],
  changes: ReadonlyMap<string, SettingChange>,
): ReadonlyMap<number, Reading> {
  const newest = new Map<number, Reading>(read.map((reading) => [reading.series, reading]))
  for (const { id, series } of points) {
    const change = changes.get(id)
    if (!change || change.foundAt === null || change.foundAt <= (newest.get(series)?.at ?? Infinity)) continue
    newest.set(series, { value: change.found, quality: change.found === null ? 'fault' : 'good', at: change.foundAt })
  }
  return newest
}
