import type { Expression, SqlBool } from 'kysely'
import type { alarms } from '#shared/alarms/contract.ts'
import { happeningSchema, occurrenceSchema, type Happening, type Occurrence } from '#shared/alarms/row.ts'
import type { ParsedOf } from '#shared/contract.ts'
import type { Database, Tables } from '../database.ts'

type Filter = Omit<ParsedOf<typeof alarms.history>, 'limit' | 'before'>
type Row = Tables['alarmOccurrence']

/** Shown beside one alarm. */
const mostOfOne = 50
const mostHappenings = 200

export async function occurrencesOf(database: Database, alarm: string): Promise<Occurrence[]> {
  const rows = await database
    .selectFrom('alarmOccurrence')
    .selectAll()
    .where('alarm', '=', alarm)
    .orderBy('raisedAt', 'desc')
    .limit(mostOfOne)
    .execute()
  return rows.map(presentOccurrence)
}

export async function happeningsOf(database: Database, alarm: string): Promise<Happening[]> {
  const rows = await database
    .selectFrom('alarmHappening')
    .select(['at', 'what', 'by', 'occurrence', 'text', 'value'])
    .where('alarm', '=', alarm)
    .orderBy('id', 'desc')
    .limit(mostHappenings)
    .execute()
  return rows.map((row) => happeningSchema.parse(row))
}

/** A page of occurrences, newest first. `before`: `raisedAt,id` of the last one of the page before. */
export async function readHistory(database: Database, filter: Filter, limit: number, before: string | undefined) {
  const [time, id] = cutOf(before)
  const rows = await filtered(database, filter)
    .selectAll()
    .$if(time !== null, (query) =>
      query.where(({ eb, or, and }) => or([eb('raisedAt', '<', time ?? 0), and([eb('raisedAt', '=', time ?? 0), eb('id', '<', id)])])),
    )
    .orderBy('raisedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { total } = await filtered(database, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page.map(presentOccurrence), next: rows.length > limit && last ? `${last.raisedAt},${last.id}` : null, total }
}

function cutOf(before: string | undefined): [number | null, string] {
  const [time = '', id = ''] = (before ?? '').split(',')
  return time === '' || Number.isNaN(Number(time)) ? [null, ''] : [Number(time), id]
}

function filtered(database: Database, { from, to, device, rule, priority, words }: Filter) {
  return database
    .selectFrom('alarmOccurrence')
    .where('raisedAt', '>=', from)
    .where('raisedAt', '<', to)
    .$if(device !== undefined, (query) => query.where('device', '=', device ?? ''))
    .$if(rule !== undefined, (query) => query.where('rule', '=', rule ?? ''))
    .$if(priority !== undefined, (query) => query.where('priority', '=', priority ?? ''))
    .$if(words !== undefined && words !== '', (query) =>
      query.where(({ eb, or }): Expression<SqlBool> => {
        const like = `%${(words ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
        return or((['ruleName', 'deviceName', 'place', 'acknowledgedBy'] as const).map((column) => eb(column, 'like', like)))
      }),
    )
}

export function presentOccurrence(row: Row): Occurrence {
  const { acknowledgedAt, acknowledgedBy, comment, quantity, limitValue, ...rest } = row
  return occurrenceSchema.parse({
    ...rest,
    is: quantity,
    limit: limitValue,
    acknowledged: acknowledgedAt === null ? null : { at: acknowledgedAt, by: acknowledgedBy ?? '', comment: comment ?? '' },
  })
}
