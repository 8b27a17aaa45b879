import { plainSms } from '#shared/alarms/sms-text.ts'
import { arrived, failed, type Delivery, type Message } from './delivery.ts'
import { failedStatus, isDelivery, request } from './request.ts'
import type { KeptSetting } from './settings.ts'

type Gateway = KeptSetting<'sms'>

const escapes: Record<Gateway['escape'], (text: string) => string> = {
  json: (text) => JSON.stringify(text).slice(1, -1),
  url: encodeURIComponent,
  none: (text) => text,
}

/** Asks the gateway to send one SMS. Without an answer it stays in doubt: a gateway has no way to know a second one from the first. */
export async function sendSms(message: Message, gateway: Gateway, signal: AbortSignal): Promise<Delivery> {
  const { sms } = message.recipient
  if (sms === null) return failed('noAddress', '', true)
  if (!gateway.on || gateway.url === '') return failed('channelOff', '')
  const values: Record<string, string> = {
    number: sms.replaceAll(/[^+0-9]/g, ''),
    text: plainSms(message.text.sms),
    secret: gateway.secret ?? '',
  }
  const fill = (template: string, escape: (text: string) => string) =>
    template.replaceAll(/\{\{(number|text|secret)\}\}/g, (_whole, name: string) => escape(values[name] ?? ''))
  // A line break would end the header.
  const inHeader = (text: string) => text.replaceAll(/[\r\n]+/g, ' ')
  const success = regexOf(gateway.success)
  if (success === undefined) return failed('badSettings', gateway.success)
  const answer = await request({
    url: fill(gateway.url, encodeURIComponent),
    method: gateway.method,
    headers: Object.fromEntries(gateway.headers.map(({ name, value }) => [name, fill(value, inHeader)])),
    body: gateway.method === 'GET' ? null : fill(gateway.body, escapes[gateway.escape]),
    signal,
  })
  if (isDelivery(answer)) return answer
  if (answer.status < 200 || answer.status >= 300) return failedStatus(answer)
  if (success !== null && !success.test(answer.text)) return failed('answer', answer.text)
  return arrived(`${answer.status} ${answer.text}`)
}

/** null: none is set; undefined: it is not one. */
function regexOf(text: string): RegExp | null | undefined {
  if (text === '') return null
  try {
    return new RegExp(text)
  } catch {
    return undefined
  }
}
