import { randomUUID } from 'node:crypto'
import { factsOf } from '#shared/alarms/notify-facts.ts'
import { scheduleContentSchema, type NoticeKind } from '#shared/alarms/notify.ts'
import { nextActive } from '#shared/alarms/notify-schedule.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { Database } from '../../database.ts'
import type { NotifyChange } from '../notifier.ts'

const minuteMs = 60_000
const reasons = { acknowledged: 'acknowledged', cleared: 'cleared', hidden: 'hidden', ended: 'ended' } as const
type SparedReason = (typeof reasons)[keyof typeof reasons]

/** When somebody is told by a schedule, at or after a moment; null: never. `schedule` null, or one that is gone: always. */
export type WhenTold = (schedule: string | null, at: number) => Promise<number | null>

export function whenTold(database: Database, calendar: Calendar): WhenTold {
  const known = new Map<string, (at: number) => number | null>()
  return async (schedule, at) => {
    if (schedule === null) return at
    let ask = known.get(schedule)
    if (!ask) {
      const row = await database.selectFrom('notifyItem').select('content').where('id', '=', schedule).executeTakeFirst()
      const content = row && scheduleContentSchema.parse(JSON.parse(row.content))
      ask = (moment) => (content ? nextActive(content, calendar, moment) : moment)
      known.set(schedule, ask)
    }
    return ask(at)
  }
}

/** Writes what is to be told of changes as calls that come due, and spares those that there is no need for any more. */
export async function planCalls(transaction: Database, changes: readonly NotifyChange[], calendar: Calendar): Promise<void> {
  const told = whenTold(transaction, calendar)
  for (const change of changes) {
    if (change.what === 'begun') await begin(transaction, change, told)
    else {
      await spare(transaction, change.occurrence, reasons[change.what], change.at)
      if (change.what === 'hidden') {
        await transaction.updateTable('alarmCall').set({ over: 1 }).where('occurrence', '=', change.occurrence).execute()
      }
      if (change.what === 'cleared' && change.rule.notify.resolved) await resolve(transaction, change, told)
    }
  }
}

/**
 * The steps of a rule. Each is due so long after the one before as the rule says, counted from when somebody may be told at all. An occurrence that is told
 * of already is told of again only after it was hidden.
 */
async function begin(transaction: Database, change: NotifyChange, told: WhenTold): Promise<void> {
  const { steps, schedule } = change.rule.notify
  if (steps.length === 0) return
  const before = await lastRound(transaction, change.occurrence)
  if (before && before.over === 0) return
  const round = before ? before.round + 1 : 0
  let due: number | null = change.at
  let after = 0
  for (const [step, { list, afterMinutes }] of steps.toSorted((a, b) => a.afterMinutes - b.afterMinutes).entries()) {
    const wantedAt: number = (due ?? change.at) + (afterMinutes - after) * minuteMs
    due = due === null ? null : await told(schedule, wantedAt)
    after = afterMinutes
    await write(transaction, change, { what: 'raised', round, step, list, wantedAt, dueAt: due })
  }
}

/** The end is told only to those who were told of the begin; who that is is known when it is due. */
async function resolve(transaction: Database, change: NotifyChange, told: WhenTold): Promise<void> {
  const before = await lastRound(transaction, change.occurrence)
  if (!before) return
  const dueAt = await told(change.rule.notify.schedule, change.at)
  await write(transaction, change, { what: 'resolved', round: before.round, step: 0, list: '', wantedAt: change.at, dueAt })
}

const lastRound = (transaction: Database, occurrence: string) =>
  transaction
    .selectFrom('alarmCall')
    .select(['round', 'over'])
    .where('occurrence', '=', occurrence)
    .orderBy('round', 'desc')
    .limit(1)
    .executeTakeFirst()

type Planned = { what: NoticeKind; round: number; step: number; list: string; wantedAt: number; dueAt: number | null }

async function write(transaction: Database, change: NotifyChange, { what, dueAt, ...planned }: Planned): Promise<void> {
  const never = dueAt === null
  await transaction
    .insertInto('alarmCall')
    .values({
      ...planned,
      what,
      id: randomUUID(),
      key: [change.occurrence, planned.round, what, planned.step].join('|'),
      occurrence: change.occurrence,
      over: 0,
      schedule: change.rule.notify.schedule,
      dueAt: dueAt ?? change.at,
      state: never ? 'spared' : 'waiting',
      reason: never ? 'never' : null,
      madeAt: change.at,
      endedAt: never ? change.at : null,
      facts: JSON.stringify(factsOf(what, planned.step, change.occurrence, change.rule, change.row)),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/** What was not sent yet of the begin of an occurrence is not needed any more. */
async function spare(transaction: Database, occurrence: string, reason: SparedReason, at: number): Promise<void> {
  const set = { state: 'spared' as const, reason, endedAt: at }
  await transaction
    .updateTable('alarmCall')
    .set(set)
    .where('occurrence', '=', occurrence)
    .where('state', '=', 'waiting')
    .where('what', '=', 'raised')
    .execute()
  await transaction
    .updateTable('alarmNotice')
    .set(set)
    .where('occurrence', '=', occurrence)
    .where('what', '=', 'raised')
    .where('state', 'in', ['waiting', 'retrying'])
    .execute()
  // What is under way now is not tried again if it fails.
  await transaction
    .updateTable('alarmNotice')
    .set({ reason })
    .where('occurrence', '=', occurrence)
    .where('what', '=', 'raised')
    .where('state', '=', 'sending')
    .execute()
}
