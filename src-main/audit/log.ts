import type { Database } from '../database.ts'
import type { Pen } from '../dispatch.ts'

/** The pen that dispatch writes the activity log with. */
export function createPen(database: Database, clock: () => number): Pen {
  return {
    async open({ actor, operation, kind, subject, input }) {
      const { id } = await database
        .insertInto('audit')
        .values({
          at: clock(),
          actor: actor?.name ?? '',
          via: actor?.via ?? 'screen',
          operation,
          kind,
          subject,
          input,
          result: null,
          closedAt: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    },
    async close(id, result, subject) {
      const change = subject === null ? { result, closedAt: clock() } : { result, closedAt: clock(), subject }
      await database.updateTable('audit').set(change).where('id', '=', id).execute()
    },
  }
}
