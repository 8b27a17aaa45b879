import { sql } from 'kysely'
import type { Facts } from '#shared/alarms/notify-facts.ts'
import type { notifyRows } from '#shared/alarms/notify-contract.ts'
import type { Channel, Notice, NoticeState, Trouble } from '#shared/alarms/notify.ts'
import type { OutputOf, ParsedOf } from '#shared/contract.ts'
import type { Database } from '../../database.ts'
import { readLists } from './items.ts'

type Asked = ParsedOf<(typeof notifyRows)['outbox']>
type Answer = OutputOf<(typeof notifyRows)['outbox']>

const weekMs = 7 * 24 * 60 * 60_000
const inTrouble: readonly NoticeState[] = ['retrying', 'dead', 'uncertain']

/** Notices, and calls that none have come from yet, newest first. */
export async function readOutbox(database: Database, { state, recipient, occurrence, before, limit }: Asked, now: number): Promise<Answer> {
  const [beforeAt, beforeId = ''] = before?.split('|') ?? []
  const rows = await everyRow(database)
    .$if(state !== 'all' && state !== 'trouble', (query) => query.where('state', '=', state))
    .$if(state === 'trouble', (query) => query.where('state', 'in', inTrouble))
    .$if(recipient !== undefined, (query) => query.where('recipient', '=', recipient ?? ''))
    .$if(occurrence !== undefined, (query) => query.where('occurrence', '=', occurrence ?? ''))
    .$if(before !== undefined, (query) =>
      query.where((row) =>
        row.or([row('madeAt', '<', Number(beforeAt)), row.and([row('madeAt', '=', Number(beforeAt)), row('id', '<', beforeId)])]),
      ),
    )
    .orderBy('madeAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const messages = [...new Set(page.flatMap(({ message }) => (message === null ? [] : [message])))]
  const [lists, sizes, counts] = await Promise.all([
    readLists(database),
    database
      .selectFrom('alarmNotice')
      .select((row) => ['message', row.fn.countAll<number>().as('count')])
      .where('message', 'in', messages)
      .groupBy('message')
      .execute(),
    everything(database)
      .select((row) => ['state', row.fn.countAll<number>().as('count')])
      .where('madeAt', '>=', now - weekMs)
      .groupBy('state')
      .execute(),
  ])
  const names = new Map(lists.map(({ id, name }) => [id, name]))
  const sizeOf = new Map(sizes.map(({ message, count }) => [message, count]))
  return {
    notices: page.map((row) => present(row, names, sizeOf)),
    next: rows.length > limit && last ? `${last.madeAt}|${last.id}` : null,
    counts: counts.map(({ state: one, count }) => ({ state: one as NoticeState, count })),
  }
}

type Row = Awaited<ReturnType<ReturnType<typeof everyRow>['execute']>>[number]

const everyRow = (database: Database) => everything(database).selectAll()

const everything = (database: Database) =>
  database.selectFrom((from) =>
    from
      .selectFrom('alarmNotice')
      .select(['id', 'occurrence', 'what', 'step', 'list', 'facts', 'state', 'reason', 'madeAt', 'dueAt', 'endedAt'])
      .select(['recipient', 'recipientName', 'channel', 'target', 'tries', 'trouble', 'detail', 'message'])
      .unionAll(
        from
          .selectFrom('alarmCall')
          .select(['id', 'occurrence', 'what', 'step', 'list', 'facts', 'state', 'reason', 'madeAt', 'dueAt', 'endedAt'])
          .select([
            sql<string>`NULL`.as('recipient'),
            sql<string>`''`.as('recipientName'),
            sql<string>`NULL`.as('channel'),
            sql<string>`''`.as('target'),
            sql<number>`0`.as('tries'),
            sql<string | null>`NULL`.as('trouble'),
            sql<string | null>`NULL`.as('detail'),
            sql<string | null>`NULL`.as('message'),
          ])
          .where('state', '!=', 'done'),
      )
      .as('everything'),
  )

function present(row: Row, lists: ReadonlyMap<string, string>, sizes: ReadonlyMap<string | null, number>): Notice {
  const facts = JSON.parse(row.facts) as Facts
  const { id, what, occurrence, step, recipient, target, madeAt, dueAt, endedAt, tries } = row
  const list = lists.get(row.list) ?? row.list
  const nobody: Trouble | null = row.reason === 'nobody' ? 'noAddress' : null
  const trouble = (row.trouble ?? nobody) as Trouble | null
  const { alarm, priority, ruleName, device, deviceName, place } = facts
  return {
    id,
    what,
    occurrence,
    step,
    recipient,
    madeAt,
    dueAt,
    endedAt,
    tries,
    list,
    alarm,
    priority,
    ruleName,
    device,
    deviceName,
    place,
    state: row.state as NoticeState,
    recipientName: recipient === null ? list : row.recipientName,
    channel: row.channel as Channel | null,
    to: target,
    trouble: trouble === null ? null : { code: trouble, detail: row.detail ?? '' },
    reason: row.reason as Notice['reason'],
    gathered: row.message === null ? 0 : (sizes.get(row.message) ?? 0),
  }
}
