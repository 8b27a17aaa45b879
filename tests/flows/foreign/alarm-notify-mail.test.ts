import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Message } from '../../../src-main/alarms/notify/delivery.ts'
import { sendMail } from '../../../src-main/alarms/notify/mail.ts'
import type { KeptSetting } from '../../../src-main/alarms/notify/settings.ts'
import { mailServer, ownCertificate } from './mail.ts'
import { needPrograms } from './programs.ts'

beforeAll(needPrograms)

const patienceMs = 2_000
const text = { subject: 'Störung: Vorlauf', body: 'Gerät: Tulpenweg 3\nWert: 95,2 °C', sms: '' }
const going = () => new AbortController().signal

function message(email: string): Message {
  const recipient = {
    id: 'r',
    version: 1,
    name: 'Anna',
    language: 'de',
    active: true,
    alsoResolved: true,
    email,
    sms: null,
    webhook: null,
    secretSet: false,
    browsers: [],
    secret: null,
    keys: [],
  }
  return { id: '1f8c', at: Date.UTC(2026, 0, 5), recipient, browser: null, text, link: '', priority: 'high', facts: [] }
}

const settings = (port: number, extra: Partial<KeptSetting<'mail'>> = {}): KeptSetting<'mail'> => ({
  on: true,
  host: '127.0.0.1',
  port,
  security: 'none',
  user: '',
  password: null,
  from: 'Hearthgrid <plant@example.org>',
  checkCertificate: true,
  ...extra,
})

describe('a mail server by others', () => {
  test('gets a mail in UTF-8 with an id that is the same at every try', async () => {
    const server = await mailServer()
    expect(await sendMail(message('anna@example.org'), settings(server.port), patienceMs, going())).toMatchObject({
      is: 'arrived',
      answer: expect.stringContaining('taken'),
    })
    await expect.poll(server.mails).toMatchObject([
      {
        from: 'plant@example.org',
        to: ['anna@example.org'],
        user: null,
        tls: false,
        id: '<1f8c@example.org>',
        subject: text.subject,
        automatic: 'auto-generated',
        text: `${text.body}\n`,
      },
    ])
  })

  test('is signed in to, after STARTTLS with a certificate that is not asked for', async () => {
    const own = ownCertificate('mail.test')
    const server = await mailServer({ ...own, password: 'geheim' })
    const signedIn = settings(server.port, { security: 'starttls', user: 'plant', password: 'geheim', checkCertificate: false })
    expect(await sendMail(message('anna@example.org'), signedIn, patienceMs, going())).toMatchObject({ is: 'arrived' })
    await expect.poll(server.mails).toMatchObject([{ user: 'plant', tls: true }])

    const wrong = await sendMail(message('anna@example.org'), { ...signedIn, password: 'falsch' }, patienceMs, going())
    expect(wrong).toMatchObject({ is: 'failed', trouble: 'signIn', final: false, detail: expect.stringContaining('535') })
    expect(server.mails()).toHaveLength(1)
  })

  test.each(['starttls', 'tls'] as const)('with %s is told nothing when its certificate is not trusted', async (security) => {
    const own = ownCertificate('mail.test')
    const server = await mailServer({ ...own, implicit: security === 'tls' })
    const asked = settings(server.port, { security })
    expect(await sendMail(message('anna@example.org'), asked, patienceMs, going())).toMatchObject({
      is: 'failed',
      trouble: 'certificate',
    })
    expect(server.mails()).toEqual([])
    expect(await sendMail(message('anna@example.org'), { ...asked, checkCertificate: false }, patienceMs, going())).toMatchObject({
      is: 'arrived',
    })
  })

  test('that cannot do STARTTLS gets nothing in the clear', async () => {
    const server = await mailServer()
    const asked = settings(server.port, { security: 'starttls' })
    expect(await sendMail(message('anna@example.org'), asked, patienceMs, going())).toMatchObject({ is: 'failed', trouble: 'noTls' })
    expect(server.mails()).toEqual([])
  })

  test('that refuses a recipient is not asked again; one that says later is', async () => {
    const server = await mailServer({ refused: ['gone@example.org'], later: ['grey@example.org'] })
    expect(await sendMail(message('gone@example.org'), settings(server.port), patienceMs, going())).toMatchObject({
      is: 'failed',
      trouble: 'recipientRefused',
      final: true,
      detail: expect.stringContaining('no such mailbox'),
    })
    expect(await sendMail(message('grey@example.org'), settings(server.port), patienceMs, going())).toMatchObject({
      is: 'failed',
      trouble: 'serverBusy',
      final: false,
    })
  })

  test('that says nothing before the text has certainly not got it; after the text nobody knows', async () => {
    const server = await mailServer({ hang: ['hang@example.org'], silent: ['silent@example.org'], drop: ['drop@example.org'] })
    expect(await sendMail(message('hang@example.org'), settings(server.port), patienceMs, going())).toMatchObject({
      is: 'failed',
      trouble: 'timeout',
    })
    expect(await sendMail(message('silent@example.org'), settings(server.port), patienceMs, going())).toMatchObject({
      is: 'doubt',
      trouble: 'timeout',
    })
    expect(await sendMail(message('drop@example.org'), settings(server.port), patienceMs, going())).toMatchObject({
      is: 'doubt',
      trouble: 'lost',
    })
    await expect.poll(() => server.mails().map(({ to }) => to)).toEqual([['silent@example.org'], ['drop@example.org']])
  })

  test('is let go when the program stops: certain before the text, in doubt after it', async () => {
    const server = await mailServer({ hang: ['hang@example.org'], silent: ['silent@example.org'] })
    const stopping = new AbortController()
    const before = sendMail(message('hang@example.org'), settings(server.port), 60_000, stopping.signal)
    const after = sendMail(message('silent@example.org'), settings(server.port), 60_000, stopping.signal)
    await expect.poll(() => server.mails().length).toBe(1)
    stopping.abort()
    expect(await before).toMatchObject({ is: 'failed', trouble: 'stopped' })
    expect(await after).toMatchObject({ is: 'doubt', trouble: 'stopped' })
  })
})

test('a place where no mail server is, one that hangs up, and a name that nobody has are told apart', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  expect(await sendMail(message('anna@example.org'), settings(port), patienceMs, going())).toMatchObject({ is: 'failed', trouble: 'lost' })
  server.close()
  await once(server, 'close')
  expect(await sendMail(message('anna@example.org'), settings(port), patienceMs, going())).toMatchObject({
    is: 'failed',
    trouble: 'refused',
  })
  const nowhere = settings(port, { host: 'mail.invalid' })
  expect(await sendMail(message('anna@example.org'), nowhere, patienceMs, going())).toMatchObject({ is: 'failed', trouble: 'hostUnknown' })
  expect(await sendMail(message('anna@example.org'), settings(port, { on: false }), patienceMs, going())).toMatchObject({
    trouble: 'channelOff',
  })
})
