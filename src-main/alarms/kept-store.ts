import type { Database } from '../database.ts'
import type { Log } from '../log.ts'
import { untouched, type Kept } from './kept.ts'

export type Maintenance = { device: string; since: number; until: number; by: string; reason: string }

const floodMs = 10 * 60_000

/** How conditions stood when the program ended, by key. */
export async function readLeft(database: Database, log: Log): Promise<Map<string, Kept>> {
  const rows = await database.selectFrom('alarmStanding').selectAll().execute()
  const left = new Map<string, Kept>()
  for (const { id, standing } of rows) {
    try {
      const kept = JSON.parse(standing) as Partial<Kept>
      left.set(id, { ...untouched, ...kept })
    } catch (error) {
      log.error('how an alarm stood cannot be read', { alarm: id, error: String(error) })
    }
  }
  return left
}

/** What was to be heard of late, oldest first. */
export async function readFlood(database: Database, now: number): Promise<{ at: number; id: string }[]> {
  const rows = await database
    .selectFrom('alarmOccurrence')
    .select(['raisedAt', 'alarm'])
    .where('raisedAt', '>', now - floodMs)
    .where('hidden', 'is', null)
    .orderBy('raisedAt')
    .execute()
  return rows.map(({ raisedAt, alarm }) => ({ at: raisedAt, id: alarm }))
}

export function readMaintenance(database: Database): Promise<Maintenance[]> {
  return database.selectFrom('alarmMaintenance').selectAll().execute()
}

/** `until` null: nobody works on it any more. */
export async function writeMaintenance(database: Database, device: string, one: Maintenance | null): Promise<void> {
  if (!one) {
    await database.deleteFrom('alarmMaintenance').where('device', '=', device).execute()
    return
  }
  await database
    .insertInto('alarmMaintenance')
    .values(one)
    .onConflict((conflict) => conflict.column('device').doUpdateSet(one))
    .execute()
}
