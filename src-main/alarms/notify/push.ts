// The package is CommonJS: Node finds no names in it.
import type { Database } from '../../database.ts'
import { arrived, failed, type Delivery, type Message } from './delivery.ts'
import { failedStatus, isDelivery, request } from './request.ts'
import { readSetting, writeSetting, type KeptSetting } from './settings.ts'

/** What is still worth showing after a phone was off. */
const keepSeconds = 24 * 60 * 60
/** Bytes of text; a push service takes 4 kB with everything. */
const mostText = 2_500

/** Loaded when it is first needed, not at every start. Its names are known only to its default export. */
const library = async () => (await import('web-push')).default

/** The keys that this program shows itself to push services with; made when they are first needed. */
export async function vapidKeys(database: Database): Promise<NonNullable<KeptSetting<'push'>>> {
  const known = await readSetting(database, 'push')
  if (known) return known
  const made = (await library()).generateVAPIDKeys()
  await writeSetting(database, 'push', made)
  return made
}

/** Encrypts a notice for one browser and hands it to its push service. A second one replaces the first there, since it has the same tag. */
export async function sendPush(message: Message, database: Database, signal: AbortSignal): Promise<Delivery> {
  const { on, address } = await readSetting(database, 'general').then(({ push, address }) => ({ on: push, address }))
  if (!on) return failed('channelOff', '')
  const browser = message.recipient.keys.find(({ id }) => id === message.browser)
  if (!browser) return failed('browserGone', '', true)
  const keys = await vapidKeys(database)
  const payload = {
    id: message.id,
    title: message.text.subject,
    body: cutAt(message.text.body, mostText),
    priority: message.priority,
    alarm: message.facts.length === 1 ? (message.facts[0]?.alarm ?? null) : null,
    link: message.link,
  }
  const urgent = message.priority === 'critical' || message.priority === 'high'
  const details = (await library()).generateRequestDetails(
    { endpoint: browser.endpoint, keys: { p256dh: browser.p256dh, auth: browser.auth } },
    JSON.stringify(payload),
    {
      TTL: keepSeconds,
      urgency: urgent ? 'high' : 'normal',
      topic: message.id.replaceAll('-', '').slice(0, 32),
      vapidDetails: { ...keys, subject: address.startsWith('https:') ? address : 'https://hearthgrid.invalid/' },
    },
  )
  const answer = await request({
    url: details.endpoint,
    method: details.method,
    headers: Object.fromEntries(
      Object.entries(details.headers).flatMap(([name, value]) =>
        name.toLowerCase() === 'content-length' || value === undefined ? [] : [[name, String(value)]],
      ),
    ),
    body: details.body === null ? null : new Uint8Array(details.body),
    signal,
  })
  if (isDelivery(answer)) return answer.is === 'doubt' ? failed(answer.trouble, answer.detail) : answer
  if (answer.status >= 200 && answer.status < 300) return arrived(String(answer.status))
  if (answer.status !== 404 && answer.status !== 410) return failedStatus(answer)
  await database.deleteFrom('notifyBrowser').where('id', '=', browser.id).execute()
  return failed('browserGone', String(answer.status), true)
}

function cutAt(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes)
  return new TextDecoder().decode(cut).replace(/\uFFFD+$/, '')
}
