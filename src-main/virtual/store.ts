import type { Selectable } from 'kysely'
import type { Quantity } from '#shared/units.ts'
import type { Database, Tables } from '../database.ts'

/** A formula as it is stored; in `text` every point stands as `[#12]`. */
export type StoredFormula = {
  id: number
  device: string
  point: string
  name: string
  is: Quantity
  text: string
  trusting: boolean
  share: number
  madeAt: number
  changedAt: number
}

/** All formulas that were not removed, oldest first. */
export async function readFormulas(database: Database): Promise<StoredFormula[]> {
  const rows = await database.selectFrom('formula').selectAll().where('removedAt', 'is', null).orderBy('id').execute()
  return rows.map(formulaOf)
}

function formulaOf({
  id,
  device,
  point,
  name,
  quantity,
  text,
  trusting,
  share,
  madeAt,
  changedAt,
}: Selectable<Tables['formula']>): StoredFormula {
  return { id, device, point, name, is: quantity as Quantity, text, trusting: trusting === 1, share, madeAt, changedAt }
}

/** Stores a new formula under a point id that the device never had. */
export function insertFormula(
  database: Database,
  { device, name, is, text, trusting, share, madeAt }: Omit<StoredFormula, 'id' | 'point' | 'changedAt'>,
): Promise<StoredFormula> {
  return database.transaction().execute(async (transaction) => {
    const before = await transaction.selectFrom('formula').select('id').where('device', '=', device).execute()
    const point = `calculated${before.length + 1}`
    const row = await transaction
      .insertInto('formula')
      .values({ device, point, name, quantity: is, text, trusting: trusting ? 1 : 0, share, madeAt, changedAt: madeAt, removedAt: null })
      .returningAll()
      .executeTakeFirstOrThrow()
    return formulaOf(row)
  })
}

export async function updateFormula(
  database: Database,
  id: number,
  { name, text, trusting, share, changedAt }: Pick<StoredFormula, 'name' | 'text' | 'trusting' | 'share' | 'changedAt'>,
): Promise<void> {
  await database
    .updateTable('formula')
    .set({ name, text, trusting: trusting ? 1 : 0, share, changedAt })
    .where('id', '=', id)
    .execute()
}

export async function removeFormula(database: Database, id: number, removedAt: number): Promise<void> {
  await database.updateTable('formula').set({ removedAt }).where('id', '=', id).execute()
}
