import type { Backup, Kept } from '#shared/backups/contract.ts'
import { addDays, type Calendar } from '#shared/calendar.ts'

type Dated = Pick<Backup, 'id' | 'at'> & { test: Pick<Backup['test'], 'ok'> }

const dayMs = 24 * 60 * 60_000

/**
 * The ids of the backups that stay: all of the last 24 hours before the newest, and the newest of each of the last so many days, weeks (from Monday) and months that have one. Those
 * whose test restore failed count for nothing; of them only one that is newer than every good one stays.
 */
export function keptOf(backups: readonly Dated[], rule: Kept, calendar: Calendar): ReadonlySet<string> {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at)
  const good = newestFirst.filter(({ test }) => test.ok)
  const day = ({ at }: Dated) => calendar.dateAt(at)
  const [newest] = newestFirst
  if (!newest) return new Set()
  const kept = new Set([
    ...good.filter(({ at }) => newest.at - at < dayMs).map(({ id }) => id),
    ...newestOfEach(good, day, rule.daily),
    ...newestOfEach(good, (backup) => monday(day(backup)), rule.weekly),
    ...newestOfEach(good, (backup) => day(backup).slice(0, 7), rule.monthly),
  ])
  return kept.add(newest.id)
}

function newestOfEach(newestFirst: readonly Dated[], keyOf: (backup: Dated) => string, most: number): string[] {
  const newest = new Map<string, string>()
  for (const backup of newestFirst) if (!newest.has(keyOf(backup))) newest.set(keyOf(backup), backup.id)
  return [...newest.values()].slice(0, most)
}

function monday(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return addDays(date, -((weekday + 6) % 7))
}
