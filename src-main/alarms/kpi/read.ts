import { setImmediate as turn } from 'node:timers/promises'
import type { KpiOccurrence } from '#shared/alarms/kpi.ts'
import { occurrenceSchema } from '#shared/alarms/row.ts'
import type { Database } from '../../database.ts'

const rowsAtOnce = 2000
const { kind, priority } = occurrenceSchema.shape

/** When the first rule was made or the first alarm raised (of a value from before it), UTC ms; null: there is none. Before it nothing could be an alarm. */
export async function firstAt(database: Database): Promise<number | null> {
  const [rule, alarm] = await Promise.all([
    database
      .selectFrom('alarmRule')
      .select(({ fn }) => fn.min('createdAt').as('at'))
      .executeTakeFirst(),
    database
      .selectFrom('alarmOccurrence')
      .select(({ fn }) => fn.min('raisedAt').as('at'))
      .executeTakeFirst(),
  ])
  const known = [rule?.at, alarm?.at].filter((at) => typeof at === 'number')
  return known.length > 0 ? Math.min(...known) : null
}

/** Occurrences that were raised in the period, or before it and had not ended at its begin. Others have a turn between pages. */
export async function readOccurrences(database: Database, from: number, to: number): Promise<KpiOccurrence[]> {
  const found: KpiOccurrence[] = []
  let [time, last] = [Number.MIN_SAFE_INTEGER, '']
  for (;;) {
    const rows = await database
      .selectFrom('alarmOccurrence')
      .select(['id', 'alarm', 'rule', 'ruleName', 'device', 'deviceName', 'point', 'part', 'kind', 'priority'])
      .select(['raisedAt', 'clearedAt', 'endedAt', 'acknowledgedAt', 'hidden'])
      .where('raisedAt', '<', to)
      .where(({ eb, or }) => or([eb('raisedAt', '>=', from), eb('endedAt', 'is', null), eb('endedAt', '>=', from)]))
      .where(({ eb, refTuple, tuple }) => eb(refTuple('raisedAt', 'id'), '>', tuple(time, last)))
      .orderBy('raisedAt')
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute()
    for (const row of rows) {
      found.push({ ...row, kind: kind.parse(row.kind), priority: priority.parse(row.priority), hidden: row.hidden !== null })
    }
    const end = rows.at(-1)
    if (!end || rows.length < rowsAtOnce) return found
    time = end.raisedAt
    last = end.id
    await turn()
  }
}

/** How often alarms were shelved, taken out of service and suppressed in the period. */
export async function countActs(database: Database, from: number, to: number) {
  const rows = await database
    .selectFrom('alarmHappening')
    .select(({ fn }) => ['what', fn.countAll<number>().as('count')])
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('what', 'in', ['shelved', 'removed', 'suppressed'])
    .groupBy('what')
    .execute()
  const count = (what: string) => rows.find((row) => row.what === what)?.count ?? 0
  return { shelved: count('shelved'), outOfService: count('removed'), suppressed: count('suppressed') }
}
