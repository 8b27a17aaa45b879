import { randomUUID } from 'node:crypto'
import {
  listContentSchema,
  recipientContentSchema,
  scheduleContentSchema,
  type NotifyList,
  type Recipient,
  type Schedule,
} from '#shared/alarms/notify.ts'
import { Failure } from '#shared/failures.ts'
import type { Database, Tables } from '../../database.ts'

type Row = Tables['notifyItem']
export type ItemKind = Row['kind']
export type KeptRecipient = Recipient & { secret: string | null; keys: Tables['notifyBrowser'][] }

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const byName = <T extends { name: string }>(items: T[]): T[] => items.sort((a, b) => names.compare(a.name, b.name))

const rowsOf = (database: Database, kind: ItemKind) => database.selectFrom('notifyItem').selectAll().where('kind', '=', kind).execute()

export async function readRecipients(database: Database): Promise<KeptRecipient[]> {
  const [rows, browsers] = await Promise.all([
    rowsOf(database, 'recipient'),
    database.selectFrom('notifyBrowser').selectAll().orderBy('addedAt').execute(),
  ])
  return byName(
    rows.map((row) => {
      const keys = browsers.filter(({ recipient }) => recipient === row.id)
      return {
        ...recipientContentSchema.parse(JSON.parse(row.content)),
        id: row.id,
        version: row.version,
        secretSet: row.secret !== null,
        browsers: keys.map(({ id, label, addedAt }) => ({ id, label, addedAt })),
        secret: row.secret,
        keys,
      }
    }),
  )
}

export async function readLists(database: Database): Promise<NotifyList[]> {
  const rows = await rowsOf(database, 'list')
  return byName(rows.map(({ id, version, content }) => ({ ...listContentSchema.parse(JSON.parse(content)), id, version })))
}

export async function readSchedules(database: Database): Promise<Schedule[]> {
  const rows = await rowsOf(database, 'schedule')
  return byName(rows.map(({ id, version, content }) => ({ ...scheduleContentSchema.parse(JSON.parse(content)), id, version })))
}

/** Throws `notFound` naming the kind. */
export async function findItem(database: Database, kind: ItemKind, id: string): Promise<Row> {
  const row = await database.selectFrom('notifyItem').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst()
  if (!row) throw new Failure('notFound', { what: kind })
  return row
}

/** `secret`: undefined leaves it as it is. */
export async function addItem(
  database: Database,
  kind: ItemKind,
  content: { name: string },
  now: number,
  secret?: string | null,
): Promise<string> {
  const id = randomUUID()
  const { name } = content
  await database
    .insertInto('notifyItem')
    .values({ id, kind, version: 1, name, content: JSON.stringify(content), secret: secret ?? null, changedAt: now })
    .execute()
  return id
}

/** Throws `notify.changed` when somebody else has changed it since, `notFound` when it is gone. */
export async function changeItem(
  database: Database,
  kind: ItemKind,
  { id, version, content, secret }: { id: string; version: number; content: { name: string }; secret?: string | null | undefined },
  now: number,
): Promise<void> {
  await findItem(database, kind, id)
  const { numUpdatedRows } = await database
    .updateTable('notifyItem')
    .set({
      version: version + 1,
      name: content.name,
      content: JSON.stringify(content),
      changedAt: now,
      ...(secret === undefined ? {} : { secret }),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Failure('notify.changed')
}

export async function removeItem(database: Database, kind: ItemKind, id: string): Promise<void> {
  await database.deleteFrom('notifyItem').where('kind', '=', kind).where('id', '=', id).execute()
}

/** Names of the rules that name a list or a schedule in how they notify. */
export async function rulesNaming(database: Database, id: string): Promise<string[]> {
  const rows = await database.selectFrom('alarmRule').select('content').where('removedAt', 'is', null).execute()
  return rows.flatMap(({ content }) => {
    const { name, notify } = JSON.parse(content) as { name: string; notify?: { steps: { list: string }[]; schedule: string | null } }
    return notify && (notify.schedule === id || notify.steps.some(({ list }) => list === id)) ? [name] : []
  })
}
