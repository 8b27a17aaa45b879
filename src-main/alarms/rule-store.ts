import { randomUUID } from 'node:crypto'
import { ruleSchema, type Rule, type RuleContent } from '#shared/alarms/rule.ts'
import { Failure } from '#shared/failures.ts'
import type { AlarmTables } from '../migrations/0013-alarms.ts'
import type { Database } from '../database.ts'
import type { Log } from '../log.ts'

export type By = { at: number; by: string; reason: string }

/** Every rule, the removed ones too. What this program cannot make sense of is left out and said in the log. */
export async function readRules(database: Database, log: Log): Promise<Rule[]> {
  const rows = await database.selectFrom('alarmRule').selectAll().orderBy('createdAt').orderBy('id').execute()
  return rows.flatMap((row) => {
    const parsed = ruleSchema.safeParse(ruleOf(row))
    if (!parsed.success) log.error('an alarm rule cannot be read', { rule: row.id, error: parsed.error.message })
    return parsed.success ? [parsed.data] : []
  })
}

function ruleOf({ content, ...row }: AlarmTables['alarmRule']): unknown {
  return { ...(JSON.parse(content) as object), ...row }
}

export async function insertRule(database: Database, content: RuleContent, library: string | null, { at, by }: By): Promise<Rule> {
  const row = { id: randomUUID(), version: 1, library, createdAt: at, changedAt: at, changedBy: by, removedAt: null }
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('alarmRule')
      .values({ ...row, content: JSON.stringify(content) })
      .execute()
    await keepVersion(transaction, row.id, 1, content, { at, by, reason: '' })
  })
  return { ...content, ...row }
}

/** Throws conflict when another version stands than the one that was seen. */
export async function updateRule(database: Database, before: Rule, seen: number, content: RuleContent, by: By): Promise<Rule> {
  const version = before.version + 1
  await database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('alarmRule')
      .set({ content: JSON.stringify(content), version, changedAt: by.at, changedBy: by.by })
      .where('id', '=', before.id)
      .where('version', '=', seen)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Failure('conflict', { what: 'alarmRule' })
    await keepVersion(transaction, before.id, version, content, by)
  })
  const { id, library, createdAt, removedAt } = before
  return { ...content, id, library, createdAt, removedAt, version, changedAt: by.at, changedBy: by.by }
}

export async function markRemoved(database: Database, rule: Rule, removedAt: number | null): Promise<Rule> {
  await database.updateTable('alarmRule').set({ removedAt }).where('id', '=', rule.id).execute()
  return { ...rule, removedAt }
}

export function contentOf(rule: Rule): RuleContent {
  const {
    id: _id,
    version: _version,
    library: _library,
    createdAt: _at,
    changedAt: _then,
    changedBy: _by,
    removedAt: _gone,
    ...content
  } = rule
  return content
}

async function keepVersion(database: Database, rule: string, version: number, content: RuleContent, { at, by, reason }: By): Promise<void> {
  await database
    .insertInto('alarmRuleVersion')
    .values({ rule, version, content: JSON.stringify(content), at, by, reason })
    .execute()
}
