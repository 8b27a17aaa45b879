import type { Database } from '../database.ts'
import type { Detail, Pen } from '../dispatch.ts'

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
          detail: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    },
    async close(id, result, subject, detail = null) {
      const closed = { result, closedAt: clock(), detail: textOf(detail) }
      const change = subject === null ? closed : { ...closed, subject }
      await database.updateTable('audit').set(change).where('id', '=', id).execute()
    },
    async amend(id, detail) {
      await database
        .updateTable('audit')
        .set({ detail: textOf(detail) })
        .where('id', '=', id)
        .execute()
    },
  }
}

const textOf = (detail: Detail | null) => (detail === null ? null : JSON.stringify(detail))
