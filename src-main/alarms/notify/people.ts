import { randomUUID } from 'node:crypto'
import type { notifyRows } from '#shared/alarms/notify-contract.ts'
import type { ListContent, Recipient } from '#shared/alarms/notify.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../../capability.ts'
import type { Database } from '../../database.ts'
import type { Context } from '../../dispatch.ts'
import {
  addItem,
  changeItem,
  findItem,
  readLists,
  readRecipients,
  readSchedules,
  removeItem,
  rulesNaming,
  type KeptRecipient,
} from './items.ts'
import { whenTold } from './plan.ts'

type Rows = typeof notifyRows
type Names = 'recipients' | 'addRecipient' | 'changeRecipient' | 'removeRecipient' | 'addBrowser' | 'removeBrowser'
type ListNames = 'addNotifyList' | 'changeNotifyList' | 'removeNotifyList' | 'addSchedule' | 'changeSchedule' | 'removeSchedule'
const done = { done: true } as const

/** Recipients, and the browsers that they have. */
export function recipientActs({ database, clock }: Host): Handlers<Pick<Rows, Names>, Context> {
  return {
    recipients: async () => (await readRecipients(database)).map(shown),

    async addRecipient({ content, secret }) {
      return shown(await recipientOf(database, await addItem(database, 'recipient', content, clock(), secret)))
    },

    async changeRecipient({ id, version, content, secret }) {
      await changeItem(database, 'recipient', { id, version, content, secret }, clock())
      return shown(await recipientOf(database, id))
    },

    async removeRecipient({ id }) {
      const { name } = await findItem(database, 'recipient', id)
      const lists = await readLists(database)
      refuseWhereUsed(
        name,
        lists.filter((list) => peopleOf(list).includes(id)).map((list) => list.name),
      )
      await removeItem(database, 'recipient', id)
      return done
    },

    async addBrowser({ id, label, endpoint, p256dh, token }) {
      await findItem(database, 'recipient', id)
      await database
        .insertInto('notifyBrowser')
        .values({ id: randomUUID(), recipient: id, label, endpoint, p256dh, auth: token, addedAt: clock() })
        .onConflict((conflict) => conflict.columns(['recipient', 'endpoint']).doUpdateSet({ label, p256dh, auth: token }))
        .execute()
      return shown(await recipientOf(database, id))
    },

    async removeBrowser({ id, browser }) {
      await database.deleteFrom('notifyBrowser').where('recipient', '=', id).where('id', '=', browser).execute()
      return done
    },
  }
}

/** Lists and schedules. */
export function listActs({ database, clock }: Host, calendar: Calendar): Handlers<Pick<Rows, ListNames>, Context> {
  const listOf = async (id: string) =>
    found(
      (await readLists(database)).find((one) => one.id === id),
      'list',
    )
  const scheduleOf = async (id: string) =>
    found(
      (await readSchedules(database)).find((one) => one.id === id),
      'schedule',
    )
  const remove = async (kind: 'list' | 'schedule', id: string) => {
    const { name } = await findItem(database, kind, id)
    refuseWhereUsed(name, await rulesNaming(database, id))
    await removeItem(database, kind, id)
    return done
  }
  return {
    async addNotifyList({ content }) {
      await checkPeople(database, content)
      return listOf(await addItem(database, 'list', content, clock()))
    },
    async changeNotifyList({ id, version, content }) {
      await checkPeople(database, content)
      await changeItem(database, 'list', { id, version, content }, clock())
      return listOf(id)
    },
    removeNotifyList: ({ id }) => remove('list', id),

    async addSchedule({ content }) {
      return scheduleOf(await addItem(database, 'schedule', content, clock()))
    },
    async changeSchedule({ id, version, content }) {
      await changeItem(database, 'schedule', { id, version, content }, clock())
      await followSchedule(database, id, calendar, clock())
      return scheduleOf(id)
    },
    removeSchedule: ({ id }) => remove('schedule', id),
  }
}

/** What waits for a schedule is due when that now says. */
async function followSchedule(database: Database, id: string, calendar: Calendar, now: number): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const told = whenTold(transaction, calendar)
    const waiting = await transaction
      .selectFrom('alarmCall')
      .select(['id', 'wantedAt'])
      .where('schedule', '=', id)
      .where('state', '=', 'waiting')
      .execute()
    for (const call of waiting) {
      const dueAt = await told(id, Math.max(call.wantedAt, now))
      const set = dueAt === null ? { state: 'spared' as const, reason: 'never', endedAt: now } : { dueAt }
      await transaction.updateTable('alarmCall').set(set).where('id', '=', call.id).execute()
    }
  })
}

const recipientOf = async (database: Database, id: string): Promise<KeptRecipient> =>
  found(
    (await readRecipients(database)).find((one) => one.id === id),
    'recipient',
  )

/** Without secrets. */
function shown(recipient: KeptRecipient): Recipient {
  const rest: Recipient & { secret?: unknown; keys?: unknown } = { ...recipient }
  delete rest.secret
  delete rest.keys
  return rest
}

function found<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw new Failure('notFound', { what })
  return one
}

const peopleOf = ({ members, rota }: ListContent): string[] => [
  ...members,
  ...(rota.kind === 'weekly' ? rota.exceptions.map(({ recipient }) => recipient) : []),
]

async function checkPeople(database: Database, content: ListContent): Promise<void> {
  const known = new Set((await readRecipients(database)).map(({ id }) => id))
  if (peopleOf(content).some((id) => !known.has(id))) throw new Failure('notFound', { what: 'recipient' })
  if (new Set(content.members).size < content.members.length) throw new Failure('input.invalid', { fields: 'members: one is there twice' })
}

function refuseWhereUsed(name: string, users: string[]): void {
  if (users.length > 0) throw new Failure('notify.inUse', { name, users: users.slice(0, 10).join(', ') })
}
