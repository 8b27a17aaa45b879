import type { WriteResult } from '#shared/acquisition/port.ts'
import type { LeaseReason } from '#shared/overrides/contract.ts'
import type { Database, Tables } from '../database.ts'

export type LeaseRow = Omit<Tables['lease'], 'reason' | 'outcome'> & { reason: LeaseReason | null; outcome: WriteResult['outcome'] | null }

/** How many ended leases are kept to be looked at. */
const keptEnded = 100

export async function openLeases(database: Database): Promise<LeaseRow[]> {
  return (await database.selectFrom('lease').selectAll().where('state', '!=', 'ended').orderBy('createdAt').execute()) as LeaseRow[]
}

/** Those that ended last, newest first. */
export async function endedLeases(database: Database): Promise<LeaseRow[]> {
  const rows = database.selectFrom('lease').selectAll().where('state', '=', 'ended').orderBy('endedAt', 'desc').limit(keptEnded)
  return (await rows.execute()) as LeaseRow[]
}

export async function insertLease(database: Database, lease: LeaseRow): Promise<void> {
  await database.insertInto('lease').values(lease).execute()
}

export async function removeLease(database: Database, id: string): Promise<void> {
  await database.deleteFrom('lease').where('id', '=', id).execute()
}

export async function saveLease(database: Database, { id, ...lease }: LeaseRow): Promise<void> {
  await database.updateTable('lease').set(lease).where('id', '=', id).execute()
}
