import { randomUUID } from 'node:crypto'
import type { Channel } from '#shared/alarms/notify.ts'
import type { Priority } from '#shared/alarms/priority.ts'
import type { Database, Tables } from '../../database.ts'
import type { Delivery } from './delivery.ts'
import { nextMessage, windowMs } from './gather.ts'

type Row = Tables['alarmNotice']
/** One way to one recipient. Messages go on it one after another. */
export type Lane = Pick<Row, 'recipient' | 'browser'> & { channel: Channel }
export type Batch = { message: string; rows: Row[] }

export const laneKey = ({ recipient, channel, browser }: Lane): string => [recipient, channel, browser ?? ''].join('|')

/** At one look; more wait for the next. */
const mostRows = 2000
const minuteMs = 60_000
/** How long after a failed try the next comes, in minutes; after the last one it is given up. Together 22 hours. */
const waitMinutes = [1, 5, 15, 60, 180, 360, 720]

/** Ways on which something is due, the first that came up first. */
export async function dueLanes(database: Database, now: number): Promise<Lane[]> {
  const rows = await database
    .selectFrom('alarmNotice')
    .select(['recipient', 'channel', 'browser'])
    .where('state', 'in', ['waiting', 'retrying'])
    .where('dueAt', '<=', now)
    .groupBy(['recipient', 'channel', 'browser'])
    .orderBy((aggregate) => aggregate.fn.min('raisedAt'))
    .execute()
  return rows.map((row) => ({ ...row, channel: row.channel as Channel }))
}

/** Takes what goes next on a way and marks it as leaving, on disk, before anything leaves. Null when it has to wait. */
export async function takeBatch(database: Database, lane: Lane, most: number, now: number): Promise<Batch | null> {
  const onLane = database
    .selectFrom('alarmNotice')
    .where('recipient', '=', lane.recipient)
    .where('channel', '=', lane.channel)
    .where('browser', 'is', lane.browser)
  const rows = await onLane
    .selectAll()
    .where((row) => row.or([row('state', '=', 'waiting'), row.and([row('state', '=', 'retrying'), row('dueAt', '<=', now)])]))
    .orderBy('raisedAt')
    .orderBy('madeAt')
    .limit(mostRows)
    .execute()
  const started = await onLane
    .select((row) => ['message', row.fn.max<number>('startedAt').as('at')])
    .where('startedAt', '>', now - windowMs)
    .where('startedAt', '<=', now)
    .groupBy('message')
    .orderBy('at')
    .execute()
  const next = nextMessage(
    rows.map((row) => ({ ...row, priority: row.priority as Priority })),
    started.map(({ at }) => at),
    most,
  )
  if ('notBefore' in next) {
    await setRows(database, rows, { dueAt: Math.max(next.notBefore, now + 1_000) })
    return null
  }
  const message = next.send[0]?.message ?? randomUUID()
  const taken = await database
    .updateTable('alarmNotice')
    .set((row) => ({ state: 'sending', message, startedAt: now, tries: row('tries', '+', 1) }))
    .where(
      'id',
      'in',
      next.send.map(({ id }) => id),
    )
    .where('state', 'in', ['waiting', 'retrying'])
    .returning('id')
    .execute()
  const ids = new Set(taken.map(({ id }) => id))
  const kept = next.send.filter(({ id }) => ids.has(id))
  return kept.length === 0 ? null : { message, rows: kept.map((row) => ({ ...row, tries: row.tries + 1 })) }
}

/** Writes how a try ended, and into the log of the alarms whom they were told. */
export async function settle(database: Database, { rows }: Batch, delivery: Delivery, now: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (delivery.is === 'arrived') {
      const set = { state: 'sent', endedAt: now, reason: null, trouble: null, detail: delivery.answer }
      await setRows(transaction, rows, set)
      await transaction
        .insertInto('alarmHappening')
        .values(rows.map((row) => happeningOf(row, now)))
        .execute()
      return
    }
    const { trouble, detail } = delivery
    if (delivery.is === 'doubt') return setRows(transaction, rows, { state: 'uncertain', endedAt: now, trouble, detail })
    const tries = rows[0]?.tries ?? 0
    // The program stops: the next start goes on with the same message, and the try does not count.
    if (trouble === 'stopped') return setRows(transaction, rows, { state: 'retrying', dueAt: now, startedAt: null, tries: tries - 1 })
    const wait = delivery.final ? undefined : waitMinutes[tries - 1]
    await setRows(
      transaction,
      rows,
      wait === undefined
        ? { state: 'dead', endedAt: now, trouble, detail }
        : { state: 'retrying', dueAt: now + wait * minuteMs, trouble, detail },
    )
    await transaction
      .updateTable('alarmNotice')
      .set({ state: 'spared', endedAt: now })
      .where('id', 'in', idsOf(rows))
      .where('state', '=', 'retrying')
      .where('reason', 'is not', null)
      .execute()
  })
}

export async function setRows(database: Database, rows: readonly Row[], set: Partial<Row>): Promise<void> {
  if (rows.length === 0) return
  await database.updateTable('alarmNotice').set(set).where('id', 'in', idsOf(rows)).execute()
}

const idsOf = (rows: readonly Row[]): string[] => rows.map(({ id }) => id)

function happeningOf({ facts, occurrence, recipientName, channel, priority }: Row, at: number) {
  const { alarm } = JSON.parse(facts) as { alarm: string }
  return { alarm, occurrence, at, what: 'notified', by: null, text: `${recipientName} (${channel})`, value: null, priority }
}
