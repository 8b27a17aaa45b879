import { onCallAt } from '#shared/alarms/notify-rota.ts'
import type { notifyRows } from '#shared/alarms/notify-contract.ts'
import { isActive, nextChange } from '#shared/alarms/notify-schedule.ts'
import { createCalendar } from '#shared/calendar.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Host } from '../../capability.ts'
import type { Context } from '../../dispatch.ts'
import type { Notifier } from '../notifier.ts'
import { channelActs } from './channel-acts.ts'
import { targetsOf } from './expand.ts'
import { readLists, readRecipients, readSchedules } from './items.ts'
import { discardNotice, retryNotice } from './outbox-acts.ts'
import { readOutbox } from './outbox.ts'
import { listActs, recipientActs } from './people.ts'
import { planCalls } from './plan.ts'
import { Sender } from './sender.ts'
import { readyChannels, shownSettings } from './settings.ts'
import { createWords, languagesIn } from './words.ts'

/** Tells people of alarms: whom, when, on which ways, and what came of it. */
export function createNotifier(host: Host): Notifier {
  const { database, clock } = host
  const calendar = createCalendar(host.timeZone)
  const words = createWords(host)
  const sender = new Sender(host, calendar, words)
  const stopping = new AbortController()
  const changed = (ids: string[]) => host.events.announce({ event: 'changed', kind: 'alarmNotice', ids })

  const operations: Handlers<typeof notifyRows, Context> = {
    ...recipientActs(host),
    ...listActs(host, calendar),
    ...channelActs(host, words, stopping.signal),

    async notifyNames() {
      const [lists, schedules, recipients, settings] = await Promise.all([
        readLists(database),
        readSchedules(database),
        readRecipients(database),
        shownSettings(database),
      ])
      const now = clock()
      return {
        lists,
        schedules: schedules.map((one) => ({
          ...one,
          activeNow: isActive(one, calendar, now),
          nextChange: nextChange(one, calendar, now),
        })),
        recipients: recipients.map((one) => ({
          id: one.id,
          name: one.name,
          active: one.active,
          channels: [...new Set(targetsOf(one).map(({ channel }) => channel))],
        })),
        languages: languagesIn(host),
        ready: readyChannels(settings),
      }
    },

    async onCall({ at = clock() }) {
      const [lists, recipients] = await Promise.all([readLists(database), readRecipients(database)])
      const active = new Set(recipients.flatMap(({ id, active: on }) => (on ? [id] : [])))
      const names = new Map(recipients.map(({ id, name }) => [id, name]))
      return lists.map((list) => {
        const { recipients: ids, standIn, until } = onCallAt(list, active, calendar, at)
        return { list: list.id, recipients: ids.map((id) => ({ id, name: names.get(id) ?? '' })), standIn, until }
      })
    },

    outbox: (asked) => readOutbox(database, asked, clock()),

    async retryNotice({ id }) {
      await retryNotice(database, id, clock())
      changed([id])
      sender.look()
      return { done: true }
    },

    async discardNotice({ id }) {
      await discardNotice(database, id, clock())
      changed([id])
      return { done: true }
    },
  }

  return {
    operations,
    plan: (transaction, changes) => planCalls(transaction, changes, calendar),
    start: () => sender.start(),
    async stop() {
      stopping.abort()
      await sender.stop()
    },
  }
}
