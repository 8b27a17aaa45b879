import { formatSchema, usualFormat, type GatewayFormat } from '#shared/ingest/format.ts'
import type { Database } from '../database.ts'

export type StoredGateway = {
  id: string
  name: string
  tokenHash: string | null
  tokenMadeAt: number | null
  format: GatewayFormat
}

/** Every gateway that was not removed, oldest first. */
export async function readGateways(database: Database): Promise<StoredGateway[]> {
  const rows = await database.selectFrom('gateway').selectAll().where('removedAt', 'is', null).orderBy('addedAt').execute()
  return rows.map(({ id, name, tokenHash, tokenMadeAt, format }) => {
    const parsed = formatSchema.safeParse(JSON.parse(format))
    return { id, name, tokenHash, tokenMadeAt, format: parsed.success ? parsed.data : usualFormat }
  })
}

/** Stores a new gateway under a readable id that no gateway has had, since readings of the past belong to it. */
export async function insertGateway(database: Database, gateway: Omit<StoredGateway, 'id'>, now: number): Promise<StoredGateway> {
  const base = slugOf(gateway.name)
  const known = new Set((await database.selectFrom('gateway').select('id').execute()).map(({ id }) => id))
  let id = base
  for (let i = 2; known.has(id); i++) id = `${base}-${i}`
  const { format, ...rest } = gateway
  await database
    .insertInto('gateway')
    .values({ ...rest, id, format: JSON.stringify(format), addedAt: now, removedAt: null })
    .execute()
  return { ...gateway, id }
}

type Change = Partial<Omit<StoredGateway, 'id'>> & { removedAt?: number }

export async function updateGateway(database: Database, id: string, { format, ...change }: Change): Promise<void> {
  const set = { ...change, ...(format ? { format: JSON.stringify(format) } : {}) }
  if (Object.keys(set).length > 0) await database.updateTable('gateway').set(set).where('id', '=', id).execute()
}

function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  return plain === '' ? 'gateway' : plain
}
