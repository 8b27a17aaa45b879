import { randomUUID } from 'node:crypto'
import type { NoticeWords } from '#shared/alarms/notify-text.ts'
import type { notifyRows } from '#shared/alarms/notify-contract.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { Host } from '../../capability.ts'
import type { Context } from '../../dispatch.ts'
import { deliver, testOf } from './deliver.ts'
import { targetsOf } from './expand.ts'
import { readRecipients } from './items.ts'
import { vapidKeys } from './push.ts'
import { readSetting, shownSettings, writeSetting } from './settings.ts'

type Names = 'channels' | 'setGeneral' | 'setMail' | 'setSms' | 'notifyTest' | 'pushKey'

/** How channels are set, and a message that tries them. `stopping` fires when the program stops. */
export function channelActs(
  host: Host,
  words: (language: string) => NoticeWords,
  stopping: AbortSignal,
): Handlers<Pick<typeof notifyRows, Names>, Context> {
  const { database, clock } = host
  return {
    channels: () => shownSettings(database),

    async setGeneral(content) {
      await writeSetting(database, 'general', content)
      if (content.push) await vapidKeys(database)
      return shownSettings(database)
    },

    async setMail({ password, ...content }) {
      if (content.on && (content.host === '' || content.from === '')) throw new Failure('input.invalid', { fields: 'host, from' })
      const before = await readSetting(database, 'mail')
      await writeSetting(database, 'mail', { ...content, password: password === undefined ? before.password : password })
      return shownSettings(database)
    },

    async setSms({ secret, ...content }) {
      if (content.on) checkGateway(content)
      const before = await readSetting(database, 'sms')
      await writeSetting(database, 'sms', { ...content, secret: secret === undefined ? before.secret : secret })
      return shownSettings(database)
    },

    async notifyTest({ id, channel }, { actor, entry }) {
      const recipient = (await readRecipients(database)).find((one) => one.id === id)
      if (!recipient) throw new Failure('notFound', { what: 'recipient' })
      const begun = clock()
      const { address } = await readSetting(database, 'general')
      const wording = { words, timeZone: host.timeZone, address }
      const targets = targetsOf(recipient).filter((one) => one.channel === channel)
      const ends = await Promise.all(
        targets.map(async ({ browser }) => {
          const message = testOf(randomUUID(), begun, recipient, browser, actor?.name ?? '', wording)
          return deliver(host, channel, message, stopping)
        }),
      )
      const worst = ends.find((end) => end.is !== 'arrived') ?? ends[0]
      const trouble =
        worst === undefined
          ? ({ code: 'noAddress', detail: '' } as const)
          : worst.is === 'arrived'
            ? null
            : { code: worst.trouble, detail: worst.detail }
      entry?.note({ channel, trouble: trouble?.code ?? null, detail: trouble?.detail ?? null })
      return {
        sent: trouble === null,
        to: targets.map(({ target }) => target).join(', '),
        answer: worst?.is === 'arrived' ? worst.answer : '',
        trouble,
        tookMs: clock() - begun,
      }
    },

    async pushKey() {
      const { push } = await readSetting(database, 'general')
      return { key: push ? (await vapidKeys(database)).publicKey : null }
    },
  }
}

function checkGateway({ url, success }: { url: string; success: string }): void {
  if (!/^https?:\/\/[^{}\s]/i.test(url))
    throw new Failure('input.invalid', { fields: 'url: an address that begins with https:// or http://' })
  try {
    RegExp(success)
  } catch (error) {
    throw new Failure('input.invalid', { fields: `success: ${error instanceof Error ? error.message : ''}` }, { cause: error })
  }
}
