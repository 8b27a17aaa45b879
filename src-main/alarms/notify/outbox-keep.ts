import type { Database } from '../../database.ts'

const minuteMs = 60_000
const keptMs = 400 * 24 * 60 * minuteMs
/** What is older than this at a start waits until it is known again how things stand. */
const oldMs = 5 * minuteMs
const settleMs = 2 * minuteMs

/**
 * After a start: what was leaving is uncertain, since nobody knows whether it arrived; what should have gone long ago waits a moment, in which it is often
 * found that there is no need any more.
 */
export async function wakeUp(database: Database, now: number): Promise<{ uncertain: number }> {
  return await database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('alarmNotice')
      .set({ state: 'uncertain', endedAt: now, trouble: 'stopped', detail: '' })
      .where('state', '=', 'sending')
      .executeTakeFirst()
    const later = { dueAt: now + settleMs }
    await transaction
      .updateTable('alarmNotice')
      .set(later)
      .where('state', 'in', ['waiting', 'retrying'])
      .where('dueAt', '<', now - oldMs)
      .execute()
    await transaction
      .updateTable('alarmCall')
      .set(later)
      .where('state', '=', 'waiting')
      .where('dueAt', '<', now - oldMs)
      .execute()
    return { uncertain: Number(numUpdatedRows) }
  })
}

/** Forgets what ended long ago. */
export async function prune(database: Database, now: number): Promise<void> {
  await database
    .deleteFrom('alarmNotice')
    .where('madeAt', '<', now - keptMs)
    .where('endedAt', 'is not', null)
    .execute()
  await database
    .deleteFrom('alarmCall')
    .where('endedAt', '<', now - keptMs)
    .execute()
}
