import { sql } from 'kysely'
import type { Database } from '../../src-main/database.ts'

const keys = 40

/** Change `number` of the configuration: a setting and the entry of the activity log that tells of it, both or none. */
export async function change(database: Database, number: number): Promise<void> {
  const setting = { key: `chaos-${number % keys}`, value: String(number) }
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('setting')
      .values(setting)
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: setting.value }))
      .execute()
    await transaction
      .insertInto('audit')
      .values({
        at: number,
        actor: 'chaos',
        via: 'test',
        operation: 'test.change',
        kind: 'test',
        subject: setting.key,
        input: setting.value,
        result: 'done',
      })
      .execute()
  })
}

export type ChangeFindings = { lostChanges: number[]; doubledChanges: number; changedChanges: number; halfChanges: number }
export const unharmedChanges: ChangeFindings = { lostChanges: [], doubledChanges: 0, changedChanges: 0, halfChanges: 0 }

/** Compares settings and activity log with what was acknowledged. */
export async function examineChanges(database: Database, acknowledged: ReadonlySet<number>): Promise<ChangeFindings> {
  const findings = structuredClone(unharmedChanges)
  const entries = await database.selectFrom('audit').select(['at', 'subject', 'input']).where('actor', '=', 'chaos').orderBy('id').execute()
  const seen = new Set<number>()
  const newest = new Map<string, string>()
  for (const { at, subject, input } of entries) {
    if (seen.has(at)) findings.doubledChanges++
    if (subject !== `chaos-${at % keys}` || input !== String(at)) findings.changedChanges++
    seen.add(at)
    newest.set(subject ?? '', input)
  }
  const settings = await database.selectFrom('setting').selectAll().where('key', 'like', 'chaos-%').execute()
  if (settings.length !== newest.size) findings.halfChanges++
  for (const { key, value } of settings) if (newest.get(key) !== value) findings.halfChanges++
  findings.lostChanges = [...acknowledged].filter((number) => !seen.has(number))
  return findings
}

/** What SQLite itself has to say about the file. */
export async function soundness(database: Database): Promise<string[]> {
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(database)
  return rows.map(({ integrity_check: word }) => word)
}
