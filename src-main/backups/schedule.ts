import type { BackupRun, BackupSettings } from '#shared/backups/contract.ts'
import { addDays, type Calendar } from '#shared/calendar.ts'

/** How long after a start a missed backup waits, so that the plant is being read again first. */
export const settleMs = 2 * 60_000

/** A failed run is tried again after this long: a disk may have been away only for a while. */
const retryMs = 60 * 60_000

/**
 * UTC ms of the next run: today's, which may have been missed, or tomorrow's when one has begun since. Null without a folder. A person's
 * run counts like one of the schedule.
 */
export function nextRun(
  { folder, at }: BackupSettings,
  run: Pick<BackupRun, 'startedAt' | 'endedAt' | 'state'> | null,
  calendar: Calendar,
  now: number,
): number | null {
  if (folder === null) return null
  const today = calendar.dateAt(now)
  const [yesterdays = 0, todays = 0, tomorrows = 0] = [-1, 0, 1].map((days) => calendar.momentOf(`${addDays(today, days)}T${at}`))
  const due = now >= todays ? todays : yesterdays
  if (run === null || run.startedAt < due) return due
  const next = now >= todays ? tomorrows : todays
  return run.state === 'failed' && run.endedAt !== null ? Math.min(next, run.endedAt + retryMs) : next
}
