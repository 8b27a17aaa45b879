import type { Database } from '../database.ts'

/** How far each person is with connecting a controller: one draft a person, as the screen wrote it. */
export async function readDraft(database: Database, actor: string): Promise<{ draft: string | null; changedAt: number | null }> {
  const row = await database.selectFrom('commissioningDraft').select(['draft', 'changedAt']).where('actor', '=', actor).executeTakeFirst()
  return row ?? { draft: null, changedAt: null }
}

/** Null forgets it. */
export async function writeDraft(database: Database, actor: string, draft: string | null, now: number): Promise<void> {
  if (draft === null) await database.deleteFrom('commissioningDraft').where('actor', '=', actor).execute()
  else
    await database
      .insertInto('commissioningDraft')
      .values({ actor, draft, changedAt: now })
      .onConflict((conflict) => conflict.column('actor').doUpdateSet({ draft, changedAt: now }))
      .execute()
}
