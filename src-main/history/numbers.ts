import { sql } from 'kysely'
import type { ReadingBatch } from '#shared/reading.ts'
import type { Database } from '../database.ts'

/**
 * A configuration that is older than the history beside it (restored, lost) must not give a series number again that samples lie under: the
 * next number comes behind all that have samples. Answers how many it skipped.
 */
export async function skipUsed(database: Database, stored: ReadingBatch): Promise<number> {
  const most = stored.series.reduce((found, series) => Math.max(found, series), 0)
  const found = await sql<{ seq: number }>`SELECT seq FROM sqlite_sequence WHERE name = 'series'`.execute(database)
  const last = found.rows[0]?.seq
  if (most <= (last ?? 0)) return 0
  if (last === undefined) await sql`INSERT INTO sqlite_sequence (name, seq) VALUES ('series', ${most})`.execute(database)
  else await sql`UPDATE sqlite_sequence SET seq = ${most} WHERE name = 'series'`.execute(database)
  return most - (last ?? 0)
}
