import { createHmac } from 'node:crypto'
import type { Facts } from '#shared/alarms/notify-facts.ts'
import { unitOf } from '#shared/alarms/measured.ts'
import { arrived, failed, type Delivery, type Message } from './delivery.ts'
import { failedStatus, isDelivery, request } from './request.ts'

/**
 * A POST of JSON to another program. The signature is HMAC-SHA256 over the time of sending (UTC s), a dot and the body; the receiver refuses times that
 * are old, and an id that it has taken before. A second try has the same id, so it is made also when it is not known whether the first arrived.
 */
export async function sendWebhook(message: Message, now: number, signal: AbortSignal): Promise<Delivery> {
  const { webhook, secret } = message.recipient
  if (webhook === null) return failed('noAddress', '', true)
  const body = JSON.stringify(bodyOf(message))
  const seconds = String(Math.floor(now / 1000))
  const answer = await request({
    url: webhook,
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Hearthgrid',
      'idempotency-key': message.id,
      'x-hearthgrid-id': message.id,
      'x-hearthgrid-time': seconds,
      ...(secret === null ? {} : { 'x-hearthgrid-signature': `sha256=${signatureOf(secret, seconds, body)}` }),
    },
    body,
    signal,
  })
  if (isDelivery(answer)) return answer.is === 'doubt' ? failed(answer.trouble, answer.detail) : answer
  return answer.status >= 200 && answer.status < 300 ? arrived(`${answer.status} ${answer.text}`) : failedStatus(answer)
}

export function signatureOf(secret: string, seconds: string, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
}

function bodyOf({ id, at, facts, text, link, recipient }: Message) {
  return {
    id,
    at: new Date(at).toISOString(),
    kind: facts.length === 0 ? 'test' : 'alarms',
    recipient: recipient.name,
    subject: text.subject,
    text: text.body,
    link,
    alarms: facts.map(alarmOf),
  }
}

function alarmOf(facts: Facts) {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const { what, alarm, occurrence, step, priority, kind, ruleName, device, deviceName, place, point, part, raisedValue, limit, is } = facts
  return {
    what,
    alarm,
    occurrence,
    step,
    priority,
    kind,
    rule: ruleName,
    device,
    deviceName,
    place,
    point,
    part,
    value: raisedValue,
    limit,
    unit: unitOf({ kind, is, part }) || null,
    raisedAt: time(facts.raisedAt),
    clearedAt: time(facts.clearedAt),
  }
}
