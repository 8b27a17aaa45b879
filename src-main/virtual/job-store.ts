import type { Selectable, Updateable } from 'kysely'
import type { FormulaJob } from '#shared/virtual/contract.ts'
import type { Database, Tables } from '../database.ts'

export type StoredJob = Omit<FormulaJob, 'name'>

const kept = 20

/** Those that go on, oldest first, and the last that ended. */
export async function readJobs(database: Database): Promise<StoredJob[]> {
  const open = await database.selectFrom('formulaJob').selectAll().where('state', 'in', ['waiting', 'running']).orderBy('id').execute()
  const ended = await database
    .selectFrom('formulaJob')
    .selectAll()
    .where('state', 'not in', ['waiting', 'running'])
    .orderBy('id', 'desc')
    .limit(kept)
    .execute()
  return [...open, ...ended].map(jobOf)
}

export async function insertJob(
  database: Database,
  { formula, from, to, replace, askedAt }: Pick<StoredJob, 'formula' | 'from' | 'to' | 'replace' | 'askedAt'>,
): Promise<StoredJob> {
  const row = await database
    .insertInto('formulaJob')
    .values({ formula, fromAt: from, toAt: to, doneTo: from, replaces: replace ? 1 : 0, state: 'waiting', askedAt, endedAt: null })
    .returningAll()
    .executeTakeFirstOrThrow()
  return jobOf(row)
}

export async function updateJob(database: Database, id: number, change: Updateable<Tables['formulaJob']>): Promise<void> {
  await database.updateTable('formulaJob').set(change).where('id', '=', id).execute()
}

function jobOf(row: Selectable<Tables['formulaJob']>): StoredJob {
  const { id, formula, fromAt, toAt, doneTo, replaces, state, made, absent, askedAt, endedAt } = row
  return { id, formula, from: fromAt, to: toAt, doneTo, replace: replaces === 1, state, rows: made, absent, askedAt, endedAt }
}
