import { z } from 'zod'
import { scanHitSchema, scanPlaceSchema, type ScanHit, type ScanPlace } from '#shared/commissioning/contract.ts'
import type { Database } from '../database.ts'

export type StoredHit = Omit<ScanHit, 'device'>
export type StoredScan = {
  id: string
  place: ScanPlace
  patienceMs: number
  state: 'running' | 'done' | 'cancelled' | 'interrupted'
  startedAt: number
  endedAt: number | null
  asked: number
  total: number
  hits: StoredHit[]
}

const inputSchema = z.object({ place: scanPlaceSchema, patienceMs: z.number() })
const hitSchema = scanHitSchema.omit({ device: true })

/** The last scan with its hits, or null. A hit that a former release wrote in another form is left out. */
export async function readScan(database: Database): Promise<StoredScan | null> {
  const row = await database.selectFrom('scan').selectAll().orderBy('startedAt', 'desc').limit(1).executeTakeFirst()
  if (!row) return null
  const input = inputSchema.safeParse(JSON.parse(row.input))
  if (!input.success) return null
  const hits = await database.selectFrom('scanHit').select('hit').where('scan', '=', row.id).orderBy('position').execute()
  const { id, state, startedAt, endedAt, asked, total } = row
  const known = hits.flatMap(({ hit }) => hitSchema.safeParse(JSON.parse(hit)).data ?? [])
  return { id, ...input.data, state, startedAt, endedAt, asked, total, hits: known }
}

/** Takes the place of the scan before. */
export function insertScan(database: Database, scan: StoredScan, actor: string): Promise<void> {
  const { id, place, patienceMs, state, startedAt, endedAt, asked, total } = scan
  return database.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('scan').execute()
    const input = JSON.stringify({ place, patienceMs })
    await transaction.insertInto('scan').values({ id, actor, state, startedAt, endedAt, asked, total, input }).execute()
  })
}

export async function insertHit(database: Database, scan: string, position: number, hit: StoredHit): Promise<void> {
  await database
    .insertInto('scanHit')
    .values({ scan, position, hit: JSON.stringify(hit) })
    .execute()
}

export async function updateScan(
  database: Database,
  id: string,
  change: Partial<Pick<StoredScan, 'state' | 'endedAt' | 'asked'>>,
): Promise<void> {
  await database.updateTable('scan').set(change).where('id', '=', id).execute()
}

export async function deleteScans(database: Database): Promise<void> {
  await database.deleteFrom('scan').execute()
}
