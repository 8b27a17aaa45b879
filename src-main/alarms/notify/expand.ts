import { randomUUID } from 'node:crypto'
import type { Facts } from '#shared/alarms/notify-facts.ts'
import type { Channel, NotifyList } from '#shared/alarms/notify.ts'
import { onCallAt } from '#shared/alarms/notify-rota.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { Database, Tables } from '../../database.ts'
import { readLists, readRecipients, type KeptRecipient } from './items.ts'
import { whenTold } from './plan.ts'

type Call = Tables['alarmCall']
type Told = { recipient: string; channel: string; browser: string | null }

/** Calls of one look; more come with the next. */
const atOnce = 500
/** While one of its messages is under way it is not known who was told. */
const underWayMs = 2_000

/** Makes notices of the calls that are due: one for each recipient and channel. Returns how many calls it looked at. */
export async function expandCalls(database: Database, calendar: Calendar, now: number): Promise<number> {
  const due = await database
    .selectFrom('alarmCall')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .orderBy('madeAt')
    .limit(atOnce)
    .execute()
  if (due.length === 0) return 0
  const [recipients, lists] = await Promise.all([readRecipients(database), readLists(database)])
  await database.transaction().execute(async (transaction) => {
    const told = whenTold(transaction, calendar)
    for (const call of due) {
      const at = await told(call.schedule, now)
      if (at === null) await end(transaction, call, { state: 'spared', reason: 'never', endedAt: now })
      else if (at > now) await postpone(transaction, call, at)
      else if (call.what === 'raised') await expandRaised(transaction, call, recipients, lists, calendar, now)
      else await expandResolved(transaction, call, recipients, now)
    }
  })
  return due.length
}

async function expandRaised(
  transaction: Database,
  call: Call,
  recipients: readonly KeptRecipient[],
  lists: readonly NotifyList[],
  calendar: Calendar,
  now: number,
): Promise<void> {
  const list = lists.find(({ id }) => id === call.list)
  const active = new Set(recipients.flatMap(({ id, active: on }) => (on ? [id] : [])))
  const ids = list ? onCallAt(list, active, calendar, now).recipients : []
  const rows = recipients
    .filter(({ id }) => ids.includes(id))
    .flatMap((recipient) => targetsOf(recipient).map((target) => noticeOf(call, recipient, target, list?.name ?? '', now)))
  await insert(transaction, call, rows, now)
}

/** To those who were told, on the ways on which they were told, where they want to know. */
async function expandResolved(transaction: Database, call: Call, recipients: readonly KeptRecipient[], now: number): Promise<void> {
  const before = await transaction
    .selectFrom('alarmNotice')
    .select(['recipient', 'channel', 'browser', 'list', 'state'])
    .where('occurrence', '=', call.occurrence)
    .where('what', '=', 'raised')
    .where('state', 'in', ['sending', 'sent', 'uncertain'])
    .execute()
  if (before.some(({ state }) => state === 'sending')) return postpone(transaction, call, now + underWayMs)
  const rows = recipients
    .filter(({ active, alsoResolved }) => active && alsoResolved)
    .flatMap((recipient) => {
      const mine = before.filter((one) => one.recipient === recipient.id)
      return targetsOf(recipient)
        .filter((target) => mine.some((one) => isSame(one, target)))
        .map((target) => noticeOf(call, recipient, target, mine[0]?.list ?? '', now))
    })
  if (rows.length === 0) return end(transaction, call, { state: 'spared', reason: 'inactive', endedAt: now })
  await insert(transaction, call, rows, now)
}

type Target = { channel: Channel; browser: string | null; target: string }

const isSame = (one: Told, { channel, browser }: Target): boolean => one.channel === channel && one.browser === browser

/** Every way that a recipient has. */
export function targetsOf({ email, sms, webhook, keys }: KeptRecipient): Target[] {
  const plain: [Channel, string | null][] = [
    ['email', email],
    ['sms', sms],
    ['webhook', webhook],
  ]
  return [
    ...plain.flatMap(([channel, target]) => (target === null ? [] : [{ channel, target, browser: null }])),
    ...keys.map(({ id, label }) => ({ channel: 'push' as const, target: label, browser: id })),
  ]
}

function noticeOf(
  call: Call,
  recipient: KeptRecipient,
  { channel, browser, target }: Target,
  list: string,
  now: number,
): Tables['alarmNotice'] {
  const { priority, raisedAt } = JSON.parse(call.facts) as Facts
  // Steps that fall on one moment, such as the begin of a schedule, tell nobody twice.
  const key = [call.occurrence, call.round, call.what, call.dueAt, recipient.id, channel, browser ?? ''].join('|')
  return {
    id: randomUUID(),
    key,
    call: call.id,
    occurrence: call.occurrence,
    what: call.what,
    step: call.step,
    list,
    priority,
    raisedAt: raisedAt ?? call.madeAt,
    recipient: recipient.id,
    recipientName: recipient.name,
    channel,
    browser,
    target,
    language: recipient.language,
    facts: call.facts,
    state: 'waiting',
    reason: null,
    message: null,
    tries: 0,
    madeAt: now,
    dueAt: now,
    startedAt: null,
    endedAt: null,
    trouble: null,
    detail: null,
  }
}

async function insert(transaction: Database, call: Call, rows: Tables['alarmNotice'][], now: number): Promise<void> {
  for (const row of rows) {
    await transaction
      .insertInto('alarmNotice')
      .values(row)
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
  }
  // That nobody could be told is something to be seen.
  const nobody = rows.length === 0
  await end(transaction, call, { state: nobody ? 'dead' : 'done', reason: nobody ? 'nobody' : null, endedAt: now })
}

async function end(transaction: Database, { id }: Call, set: Pick<Call, 'state' | 'reason' | 'endedAt'>): Promise<void> {
  await transaction.updateTable('alarmCall').set(set).where('id', '=', id).execute()
}

async function postpone(transaction: Database, { id }: Call, dueAt: number): Promise<void> {
  await transaction.updateTable('alarmCall').set({ dueAt }).where('id', '=', id).execute()
}
