import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hooked, nobody, outbox, planner, ruleOf, webServer } from '../notify-world.ts'
import { browserKeys, pushService, vapidOf } from '../push-service.ts'
import { startWorld } from '../world.ts'
import { mailServer } from './mail.ts'
import { needPrograms } from './programs.ts'

beforeAll(needPrograms)

const patience = { timeout: 15_000 }

async function recipientOnList(call: Awaited<ReturnType<typeof startWorld>>['call'], content: Partial<typeof nobody>) {
  const recipient = await call('alarms.addRecipient', { content: { ...nobody, ...content } })
  const list = await call('alarms.addNotifyList', { content: { name: 'On call', members: [recipient.id], rota: { kind: 'none' } } })
  const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: false, schedule: null })
  return { recipient, rule }
}

describe('SMS', () => {
  const gateway = (url: string) => ({
    on: true,
    method: 'POST' as const,
    url: `${url}/send?to={{number}}`,
    success: '"status": ?"queued"',
    escape: 'json' as const,
    headers: [
      { name: 'Authorization', value: 'Bearer {{secret}}' },
      { name: 'Content-Type', value: 'application/json' },
    ],
    body: '{"to":"{{number}}","text":"{{text}}"}',
  })

  test('goes through the gateway that was set, in one SMS, and its secret is told to nobody', async () => {
    const { serving, call } = await startWorld()
    const server = await webServer(() => ({ status: 200, text: '{"status":"queued"}' }))
    await call('alarms.setSms', { ...gateway(server.url), secret: 'sms-secret' })
    const { rule } = await recipientOnList(call, { sms: '+49 170 1234-567' })
    await planner(serving)([{ what: 'begun', rule }], { deviceName: 'Haus "Łódź"' })
    await expect.poll(() => server.got, patience).toHaveLength(1)
    expect(server.got[0]).toMatchObject({ url: '/send?to=%2B491701234567', headers: { authorization: 'Bearer sms-secret' } })
    const { to, text } = JSON.parse(server.got[0]?.body ?? '') as { to: string; text: string }
    expect(to).toBe('+491701234567')
    expect(text).toMatch(/^Hoch: Haus "Lodz": Supply too hot \(hoch\), 95,2 C, Grenzwert 90,0 C, seit .*, Zittau$/)
    await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'sent', channel: 'sms' }])

    const channels = await call('alarms.channels', {})
    expect(channels.sms).toMatchObject({ secretSet: true })
    await call('alarms.setSms', { ...gateway(server.url), success: 'sent' })
    const { entries } = await call('audit.list', {})
    expect(JSON.stringify([channels, entries, await call('alarms.recipients', {})])).not.toContain('sms-secret')
  })

  test('is refused by what the gateway says, whatever its status, and stays in doubt when it says nothing', async () => {
    const { serving, call } = await startWorld()
    let drop = false
    const server = await webServer(() => (drop ? 'drop' : { status: 200, text: '{"status":"no credit"}' }))
    await call('alarms.setSms', gateway(server.url))
    const { recipient, rule } = await recipientOnList(call, { sms: '0170 1234567' })
    expect(await call('alarms.notifyTest', { id: recipient.id, channel: 'sms' })).toMatchObject({
      sent: false,
      trouble: { code: 'answer', detail: '{"status":"no credit"}' },
    })
    expect(await call('alarms.notifyTest', { id: recipient.id, channel: 'email' })).toMatchObject({
      sent: false,
      trouble: { code: 'noAddress' },
    })
    drop = true
    await planner(serving)([{ what: 'begun', rule }])
    await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'uncertain', trouble: { code: 'lost' }, tries: 1 }])
    await expect(call('alarms.setSms', { ...gateway('ftp://'), on: true })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(call('alarms.setSms', { ...gateway(server.url), success: '(' })).rejects.toMatchObject({ code: 'input.invalid' })
  })
})

describe('web push', () => {
  test('is encrypted for the browser, signed with the key that the browser was given, and a browser that is gone is forgotten', async () => {
    const { serving, call } = await startWorld()
    let status = 201
    const service = await pushService(() => status)
    expect(await call('alarms.pushKey', {})).toEqual({ key: null })
    await call('alarms.setGeneral', { address: 'https://plant.example.org/', mostInTenMinutes: 10, push: true })
    const { key } = await call('alarms.pushKey', {})
    const { recipient, rule } = await recipientOnList(call, {})
    const keys = browserKeys()
    const endpoint = `${service.url}/push/1`
    const asked = { id: recipient.id, label: 'Phone', endpoint, p256dh: keys.p256dh, token: keys.auth }
    expect(await call('alarms.addBrowser', asked)).toMatchObject({ browsers: [{ label: 'Phone' }] })
    await planner(serving)([{ what: 'begun', rule }], { priority: 'critical' })
    await expect.poll(() => service.got, patience).toHaveLength(1)
    const [got] = service.got
    expect(got).toMatchObject({ path: '/push/1', headers: { 'content-encoding': 'aes128gcm', urgency: 'high' } })
    expect(vapidOf(String(got?.headers.authorization), key ?? '')).toEqual({ audience: service.url, key, fits: true })
    expect(keys.read(got?.body ?? Buffer.alloc(0))).toMatchObject({
      title: '[Kritisch] Supply too hot (hoch): Tulpenweg 3',
      body: expect.stringContaining('1. Close the valve'),
      priority: 'critical',
      link: 'https://plant.example.org/alarms?alarm=rule%7Cdevice%7Cflow%7Chigh',
    })
    await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'sent', channel: 'push', to: 'Phone' }])

    status = 410
    await planner(serving)([{ what: 'begun', rule }])
    const dead = async () => (await call('alarms.outbox', { state: 'dead' })).notices
    await expect.poll(dead, patience).toMatchObject([{ trouble: { code: 'browserGone' } }])
    expect(await call('alarms.recipients', {})).toMatchObject([{ browsers: [] }])
  })
})

test('an e-mail goes out in the language of whoever gets it, and no secret is ever told', async () => {
  const server = await mailServer({ password: 'mail-secret' })
  const { serving, call } = await startWorld()
  const mail = { on: true, host: '127.0.0.1', port: server.port, security: 'none' as const, user: 'plant', from: 'plant@example.org' }
  await call('alarms.setMail', { ...mail, password: 'mail-secret', checkCertificate: true })
  expect(await call('alarms.setMail', { ...mail, checkCertificate: true })).toMatchObject({ mail: { secretSet: true } })
  const { recipient, rule } = await recipientOnList(call, { email: 'anna@example.org', language: 'en' })
  expect(await call('alarms.notifyTest', { id: recipient.id, channel: 'email' })).toMatchObject({
    sent: true,
    to: 'anna@example.org',
    trouble: null,
  })
  await planner(serving)([{ what: 'begun', rule }])
  await expect.poll(server.mails, patience).toHaveLength(2)
  expect(server.mails()).toMatchObject([
    { subject: 'Test message', user: 'plant' },
    {
      subject: '[High] Supply too hot (high): Tulpenweg 3',
      text: expect.stringContaining('What to do:\n1. Close the valve\n2. Call the plant'),
    },
  ])
  await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'sent', channel: 'email', to: 'anna@example.org' }])
  const { entries } = await call('audit.list', {})
  expect(JSON.stringify([entries, await call('alarms.channels', {}), await call('alarms.outbox', {})])).not.toContain('mail-secret')
  expect(readFileSync(join(serving.host.dataFolder, 'log', 'hearthgrid.log'), 'utf8')).not.toContain('mail-secret')
})

test('what is in use is not removed, and who saves what somebody else has changed is told', async () => {
  const { call } = await startWorld()
  const { recipient, list } = await hooked(call, 'https://example.org/hook', {}, 'first')
  await expect(call('alarms.removeRecipient', { id: recipient.id })).rejects.toMatchObject({
    code: 'notify.inUse',
    params: { name: 'Anna', users: 'On call' },
  })
  const content = { ...nobody, name: 'Anna B.', webhook: 'https://example.org/hook' }
  expect(await call('alarms.changeRecipient', { id: recipient.id, version: 1, content })).toMatchObject({ version: 2, secretSet: true })
  await expect(call('alarms.changeRecipient', { id: recipient.id, version: 1, content })).rejects.toMatchObject({ code: 'notify.changed' })
  expect(await call('alarms.changeRecipient', { id: recipient.id, version: 2, content, secret: null })).toMatchObject({ secretSet: false })
  await call('alarms.removeNotifyList', { id: list.id })
  await call('alarms.removeRecipient', { id: recipient.id })
  expect(await call('alarms.recipients', {})).toEqual([])
})
