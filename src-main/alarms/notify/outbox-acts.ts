import { Failure } from '#shared/failures.ts'
import type { Database } from '../../database.ts'

/** Sends what failed or is uncertain anew, as a message of its own. Throws `notFound`, or `notify.over` where there is nothing to send again. */
export async function retryNotice(database: Database, id: string, now: number): Promise<void> {
  const anew = { state: 'waiting' as const, dueAt: now, endedAt: null, reason: null }
  const [notice, call] = await Promise.all([
    database
      .updateTable('alarmNotice')
      .set({ ...anew, message: null, tries: 0, trouble: null, detail: null })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'retrying', 'dead', 'uncertain'])
      .executeTakeFirst(),
    database.updateTable('alarmCall').set(anew).where('id', '=', id).where('state', '=', 'dead').executeTakeFirst(),
  ])
  if (notice.numUpdatedRows + call.numUpdatedRows === 0n) await refuse(database, id)
}

/** Gives up what waits, failed or is uncertain. Throws as `retryNotice` does. */
export async function discardNotice(database: Database, id: string, now: number): Promise<void> {
  const set = { state: 'discarded' as const, endedAt: now }
  const [notice, call] = await Promise.all([
    database
      .updateTable('alarmNotice')
      .set(set)
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'retrying', 'dead', 'uncertain'])
      .executeTakeFirst(),
    database.updateTable('alarmCall').set(set).where('id', '=', id).where('state', 'in', ['waiting', 'dead']).executeTakeFirst(),
  ])
  if (notice.numUpdatedRows + call.numUpdatedRows === 0n) await refuse(database, id)
}

async function refuse(database: Database, id: string): Promise<never> {
  const found = await Promise.all([
    database.selectFrom('alarmNotice').select('state').where('id', '=', id).executeTakeFirst(),
    database.selectFrom('alarmCall').select('state').where('id', '=', id).executeTakeFirst(),
  ])
  const state = found.find((row) => row !== undefined)?.state
  if (state === undefined) throw new Failure('notFound', { what: 'notice' })
  throw new Failure('notify.over', { state })
}
