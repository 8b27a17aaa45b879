import { z } from 'zod'
import type { Database } from '../database.ts'

const recordSchema = z.object({
  version: z.literal(2),
  stations: z.array(z.object({ name: z.string(), device: z.string().nullable(), port: z.number() })),
  meterPort: z.number().nullable(),
  opcuaPort: z.number().nullable(),
  start: z.number(),
  opened: z.number(),
  settled: z.boolean(),
  stored: z.number().nullable(),
})

/**
 * The demo town of this data folder: the device that each station became and the port it listened on last, where its time began and when
 * it was opened (UTC ms), whether all its controllers were added, and how many quarter hours of its past are in history; null: all.
 */
export type DemoRecord = z.infer<typeof recordSchema>

/** How many of its stations are devices; others are there for a person to find. */
export function devicesOf({ stations }: DemoRecord): number {
  return stations.filter(({ device }) => device !== null).length
}

const key = 'demo'

/** `unknown`: a town of another version of the program. */
export async function readDemo(database: Database): Promise<DemoRecord | 'unknown' | null> {
  const row = await database.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  if (!row) return null
  const read = recordSchema.safeParse(JSON.parse(row.value))
  return read.success ? read.data : 'unknown'
}

export async function writeDemo(database: Database, record: DemoRecord | null): Promise<void> {
  if (record === null) await database.deleteFrom('setting').where('key', '=', key).execute()
  else {
    const value = JSON.stringify(record)
    await database
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
  }
}
