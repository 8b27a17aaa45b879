import type { Database } from '../database.ts'

/**
 * Which device each simulated station became, in the order of the scenario, and the port it listened on last; the range of
 * its made-up past, and how many stations have theirs.
 */
export type DemoRecord = { stations: { device: string; port: number }[]; pastFrom: number; pastTo: number; pastDone: number }

const key = 'demo'

export async function readDemo(database: Database): Promise<DemoRecord | null> {
  const row = await database.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row ? (JSON.parse(row.value) as DemoRecord) : null
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
