import type { Selectable, Insertable } from 'kysely'
import type { Exchange } from '#shared/energy/register.ts'
import type { MeterEvent, Replacement } from '#shared/meters/contract.ts'
import type { Database, Tables } from '../database.ts'

export type StoredMeter = Selectable<Tables['meter']>

export function readMeters(database: Database): Promise<StoredMeter[]> {
  return database.selectFrom('meter').selectAll().orderBy('firstSeen').orderBy('id').execute()
}

export async function insertMeter(database: Database, meter: StoredMeter): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction.insertInto('meter').values(meter).execute()
    await insertEvent(transaction, meter.id, meter.firstSeen, 'seen', { serial: meter.serial })
  })
}

export async function updateMeter(database: Database, id: string, change: Partial<Insertable<Tables['meter']>>): Promise<void> {
  await database.updateTable('meter').set(change).where('id', '=', id).execute()
}

export async function insertEvent(
  database: Database,
  meter: string,
  at: number,
  kind: MeterEvent['kind'],
  detail: MeterEvent['detail'],
): Promise<void> {
  await database
    .insertInto('meterEvent')
    .values({ meter, at, kind, detail: JSON.stringify(detail) })
    .execute()
}

export async function readEvents(database: Database, meter: string): Promise<MeterEvent[]> {
  const rows = await database.selectFrom('meterEvent').selectAll().where('meter', '=', meter).orderBy('id', 'desc').limit(200).execute()
  return rows.map(({ at, kind, detail }) => ({ at, kind: kind as MeterEvent['kind'], detail: JSON.parse(detail) as MeterEvent['detail'] }))
}

export type Noted = Replacement & { person: string; reason: string; notedAt: number }

/** All or nothing: the replacement, what the meter point is from now on, and the event. */
export async function insertReplacement(database: Database, meter: string, noted: Noted, change: Partial<StoredMeter>): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('meterReplacement')
      .values({ meter, ...noted })
      .execute()
    await updateMeter(transaction, meter, change)
    const { notedAt: at, at: moment, ...detail } = noted
    await insertEvent(transaction, meter, at, 'replaced', { ...detail, moment })
  })
}

export type NotedReplacement = Replacement & { meter: string }

/** Replacements of all meter points, oldest first. */
export async function readReplacements(database: Database): Promise<NotedReplacement[]> {
  return database
    .selectFrom('meterReplacement')
    .select(['meter', 'at', 'oldSerial', 'newSerial', 'finalEnergy', 'firstEnergy', 'finalVolume', 'firstVolume'])
    .orderBy('at')
    .execute()
}

/** A replacement as an exchange of one register. */
export function registerOf({ at, ...indexes }: Replacement, register: 'energy' | 'volume'): Exchange {
  return register === 'energy'
    ? { at, final: indexes.finalEnergy, first: indexes.firstEnergy }
    : { at, final: indexes.finalVolume, first: indexes.firstVolume }
}
