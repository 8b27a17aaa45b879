import type { Facts } from '#shared/alarms/notify-facts.ts'
import { linkOf, noticeText, type NoticeWords } from '#shared/alarms/notify-text.ts'
import type { Channel } from '#shared/alarms/notify.ts'
import { comparePriority } from '#shared/alarms/priority.ts'
import type { Host } from '../../capability.ts'
import type { Delivery, Message } from './delivery.ts'
import type { KeptRecipient } from './items.ts'
import type { Batch, Lane } from './lanes.ts'
import { sendMail } from './mail.ts'
import { sendPush } from './push.ts'
import { readSetting } from './settings.ts'
import { sendSms } from './sms.ts'
import { sendWebhook } from './webhook.ts'

/** How long a mail server may say nothing. */
const mailPatienceMs = 20_000

/** Sends one message on one channel, now, and tells how that ended. */
export async function deliver(host: Host, channel: Channel, message: Message, signal: AbortSignal): Promise<Delivery> {
  const { database } = host
  switch (channel) {
    case 'email':
      return sendMail(message, await readSetting(database, 'mail'), mailPatienceMs, signal)
    case 'sms':
      return sendSms(message, await readSetting(database, 'sms'), signal)
    case 'webhook':
      return sendWebhook(message, host.clock(), signal)
    case 'push':
      return sendPush(message, database, signal)
  }
}

export type Wording = { words: (language: string) => NoticeWords; timeZone: string; address: string }

/** What is written to a recipient of notices that go together. */
export function messageOf(
  { message, rows }: Batch,
  { browser }: Lane,
  recipient: KeptRecipient,
  { words, timeZone, address }: Wording,
): Message {
  const facts = rows.map((row) => JSON.parse(row.facts) as Facts)
  const setting = { words: words(recipient.language), timeZone, address, list: rows[0]?.list ?? '' }
  const [priority = null] = facts.map((one) => one.priority).sort(comparePriority)
  return {
    id: message,
    at: Math.min(...rows.map(({ madeAt }) => madeAt)),
    recipient,
    browser,
    text: noticeText(facts, setting),
    link: linkOf(setting, facts.length === 1 ? (facts[0]?.alarm ?? null) : null),
    priority,
    facts,
  }
}

/** A message that says that it is a test, and who wanted it. */
export function testOf(id: string, at: number, recipient: KeptRecipient, browser: string | null, by: string, wording: Wording): Message {
  const { text } = wording.words(recipient.language)
  const said = text('test.text', { name: recipient.name, by })
  return {
    id,
    at,
    recipient,
    browser,
    text: { subject: text('test.subject'), body: said, sms: said },
    link: linkOf(wording, null),
    priority: null,
    facts: [],
  }
}
