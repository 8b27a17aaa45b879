import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { InputConfig } from '#shared/inputs/contract.ts'
import { inputPoint } from '#shared/inputs/point.ts'
import type { Quantity } from '#shared/units.ts'
import { formulaPoint } from '#shared/virtual/point.ts'
import type { Database } from './database.ts'

/** A profile as one device has it: with the inputs that a person gave a meaning, its calculated points, and a series number for each point. */
export async function furnish(
  database: Database,
  device: string,
  profile: FlatProfile,
): Promise<{ profile: FlatProfile; series: number[] }> {
  const own = await withFormulas(database, device, await withInputs(database, device, profile))
  return { profile: own, series: await seriesOf(database, device, own) }
}

/** The points of a device that a person made of its inputs: input → point id and what it means. */
export async function inputsOf(database: Database, device: string): Promise<{ input: string; point: string; config: InputConfig }[]> {
  const rows = await database.selectFrom('input').selectAll().where('device', '=', device).where('removedAt', 'is', null).execute()
  return rows.map(({ input, point, name, type, quantity, scale, offset }) => ({
    input,
    point,
    config: { name, type, quantity: quantity as Quantity, scale, offset },
  }))
}

/** Each stands in the place of the input that it is made of. */
async function withInputs(database: Database, device: string, profile: FlatProfile): Promise<FlatProfile> {
  const made = new Map((await inputsOf(database, device)).map((one) => [one.input, one]))
  if (made.size === 0) return profile
  const dressed = (point: Point) => {
    const one = made.get(point.id)
    return one && point.configurable ? inputPoint(point, one.point, one.config) : point
  }
  return { ...profile, points: profile.points.map(dressed) }
}

/** Behind all others, so that their places stay. */
async function withFormulas(database: Database, device: string, profile: FlatProfile): Promise<FlatProfile> {
  const rows = await database
    .selectFrom('formula')
    .select(['point', 'name', 'quantity'])
    .where('device', '=', device)
    .where('removedAt', 'is', null)
    .orderBy('id')
    .execute()
  if (rows.length === 0) return profile
  return { ...profile, points: [...profile.points, ...rows.map((row) => formulaPoint(row.point, row.name, row.quantity as Quantity))] }
}

/** The series numbers of a device's points in point order; numbers are made for points that are new in its profile. */
export async function seriesOf(database: Database, device: string, profile: FlatProfile): Promise<number[]> {
  const known = await database.selectFrom('series').select(['id', 'point']).where('device', '=', device).execute()
  const numbers = new Map(known.map(({ id, point }) => [point, id]))
  const missing = profile.points.filter(({ id }) => !numbers.has(id)).map(({ id }) => ({ device, point: id }))
  for (let i = 0; i < missing.length; i += rowsAtOnce) {
    const made = await database
      .insertInto('series')
      .values(missing.slice(i, i + rowsAtOnce))
      .returning(['id', 'point'])
      .execute()
    for (const { id, point } of made) numbers.set(point, id)
  }
  return profile.points.map(({ id }) => numbers.get(id) as number)
}

/** SQLite takes 32,766 parameters in one statement. */
const rowsAtOnce = 1000
