import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { hooked, outbox, planner, ruleOf, webServer } from './notify-world.ts'
import { newFolder, startWorld } from './world.ts'

const minute = 60_000
const patience = { timeout: 15_000 }

describe('a notice', () => {
  test('reaches a webhook once, signed so that others can check it, and the alarm remembers who was told', async () => {
    const { serving, call } = await startWorld()
    const server = await webServer(() => ({ status: 204 }))
    const { list } = await hooked(call, `${server.url}/alarm`, {}, 'kept to ourselves')
    const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: true, schedule: null })
    const [occurrence = ''] = await planner(serving)([{ what: 'begun', rule }])
    await expect.poll(() => server.got, patience).toHaveLength(1)
    const [got] = server.got
    const time = String(got?.headers['x-hearthgrid-time'])
    const sum = execFileSync('openssl', ['dgst', '-sha256', '-hmac', 'kept to ourselves', '-hex'], { input: `${time}.${got?.body}` })
    expect(got?.headers['x-hearthgrid-signature']).toBe(`sha256=${String(sum).trim().split(' ').at(-1)}`)
    expect(Math.abs(Number(time) * 1000 - Date.now())).toBeLessThan(minute)
    expect(JSON.parse(got?.body ?? '')).toMatchObject({
      id: got?.headers['idempotency-key'],
      kind: 'alarms',
      subject: '[Hoch] Supply too hot (hoch): Tulpenweg 3',
      alarms: [{ what: 'raised', occurrence, priority: 'high', value: 95.2, limit: 90, unit: '°C', deviceName: 'Tulpenweg 3' }],
    })
    await expect
      .poll(() => outbox(call))
      .toMatchObject([{ state: 'sent', channel: 'webhook', recipientName: 'Anna', tries: 1, gathered: 1 }])
    const logged = await serving.host.database.selectFrom('alarmHappening').selectAll().execute()
    expect(logged).toMatchObject([{ what: 'notified', occurrence, text: 'Anna (webhook)', by: null }])
  })

  test('planned twice, also in two lists of one step, is sent once; the end is told to whoever was told', async () => {
    const { serving, call } = await startWorld()
    const server = await webServer(() => ({ status: 200 }))
    const { recipient, list } = await hooked(call, server.url)
    const other = await call('alarms.addNotifyList', { content: { name: 'Too', members: [recipient.id], rota: { kind: 'none' } } })
    const steps = [list, other].map(({ id }) => ({ list: id, afterMinutes: 0 }))
    const rule = ruleOf({ steps, resolved: true, schedule: null })
    const plan = planner(serving)
    const [occurrence = ''] = await plan([{ what: 'begun', rule }])
    await plan([{ what: 'begun', rule, occurrence }])
    await expect.poll(() => server.got, patience).toHaveLength(1)
    await expect.poll(async () => (await outbox(call)).map(({ state }) => state), patience).toEqual(['sent'])
    await plan([{ what: 'cleared', rule, occurrence }], { clearedAt: Date.now(), state: 'returned' })
    await expect.poll(() => server.got, patience).toHaveLength(2)
    expect(JSON.parse(server.got[1]?.body ?? '')).toMatchObject({ subject: 'Gegangen: Supply too hot (hoch): Tulpenweg 3' })
    await call('alarms.notifyNames', {})
    expect(await outbox(call)).toHaveLength(2)
  })

  test('waits for its delay, and is spared when somebody acknowledged, or it cleared or was hidden, meanwhile', async () => {
    let now = Date.parse('2026-11-20T12:00:00Z')
    const { serving, call } = await startWorld({ clock: () => now })
    const server = await webServer(() => ({ status: 200 }))
    const { list } = await hooked(call, server.url)
    const steps = [5, 15].map((afterMinutes) => ({ list: list.id, afterMinutes }))
    const rule = ruleOf({ steps, resolved: true, schedule: null })
    const plan = planner(serving)
    const spared = ['acknowledged', 'cleared', 'hidden'] as const
    const occurrences = await plan([...spared, 'stays'].map(() => ({ what: 'begun', rule })))
    for (const [i, what] of spared.entries()) await plan([{ what, rule, occurrence: occurrences[i] ?? '' }])
    const [stays = ''] = occurrences.slice(-1)
    now += 4 * minute
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(server.got).toEqual([])
    now += minute
    await expect.poll(() => server.got, patience).toHaveLength(1)
    await expect
      .poll(async () => (await call('alarms.outbox', { state: 'sent' })).notices, patience)
      .toMatchObject([{ occurrence: stays, step: 0 }])
    now += 10 * minute
    await expect.poll(() => server.got, patience).toHaveLength(2)
    expect(JSON.parse(server.got[1]?.body ?? '')).toMatchObject({ subject: expect.stringContaining('Noch unquittiert') })
    const { notices } = await call('alarms.outbox', { state: 'spared' })
    expect(new Set(notices.map(({ reason }) => reason))).toEqual(new Set(['acknowledged', 'cleared', 'hidden', 'inactive']))
    // Shown again after it was hidden, it is told of again.
    await plan([{ what: 'hidden', rule, occurrence: stays }])
    await plan([{ what: 'begun', rule, occurrence: stays }])
    now += 5 * minute
    await expect.poll(() => server.got, patience).toHaveLength(3)
  })

  test('outside of its schedule waits for the begin, and nobody on the list is seen', async () => {
    let now = Date.parse('2026-11-20T22:00:00Z')
    const { serving, call } = await startWorld({ clock: () => now })
    const server = await webServer(() => ({ status: 200 }))
    const { recipient, list } = await hooked(call, server.url)
    const days = [1, 2, 3, 4, 5, 6, 7]
    const content = { name: 'Days', week: [{ days, from: '07:00', to: '16:00' }], holidays: [] }
    const schedule = await call('alarms.addSchedule', { content })
    const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 10 }], resolved: false, schedule: schedule.id })
    const plan = planner(serving)
    await plan([{ what: 'begun', rule }])
    const [waiting] = await outbox(call)
    expect(waiting).toMatchObject({ state: 'waiting', recipient: null, recipientName: 'On call', channel: null })
    expect(waiting?.dueAt).toBeGreaterThan(now + 10 * minute)
    now = waiting?.dueAt ?? 0
    await expect.poll(() => server.got, patience).toHaveLength(1)

    await call('alarms.changeRecipient', { id: recipient.id, version: 1, content: { ...recipientContent(recipient), active: false } })
    await plan([
      { what: 'begun', rule: { ...rule, notify: { ...rule.notify, schedule: null, steps: [{ list: list.id, afterMinutes: 0 }] } } },
    ])
    const inTrouble = async () => (await call('alarms.outbox', { state: 'trouble' })).notices
    await expect.poll(inTrouble, patience).toMatchObject([{ state: 'dead', trouble: { code: 'noAddress' }, recipientName: 'On call' }])
    expect(server.got).toHaveLength(1)
  })
})

describe('what fails', () => {
  test('is tried again with the same id, later each time, and is visible; given up, a person may send it anew', async () => {
    let now = Date.parse('2026-11-20T12:00:00Z')
    let status = 500
    const { serving, call } = await startWorld({ clock: () => now })
    const server = await webServer(() => ({ status, text: 'out of order' }))
    const { list } = await hooked(call, server.url)
    const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: false, schedule: null })
    await planner(serving)([{ what: 'begun', rule }])
    for (const [i, minutes] of [1, 5, 15, 60, 180, 360, 720].entries()) {
      await expect.poll(() => server.got, patience).toHaveLength(i + 1)
      const due = now + minutes * minute
      await expect
        .poll(() => outbox(call))
        .toMatchObject([{ state: 'retrying', dueAt: due, trouble: { code: 'status', detail: '500 out of order' } }])
      now = due
    }
    await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'dead', tries: 8 }])
    expect(new Set(server.got.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    status = 200
    const [dead] = await outbox(call)
    await call('alarms.retryNotice', { id: dead?.id ?? '' })
    await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'sent', tries: 1 }])
    await expect(call('alarms.retryNotice', { id: dead?.id ?? '' })).rejects.toMatchObject({ code: 'notify.over' })
  })

  test('is not followed to another place, and is not tried again when somebody acknowledged while it was under way', async () => {
    const { serving, call } = await startWorld()
    let answer: (said: { status: number; location: string }) => void = () => undefined
    const later = new Promise<{ status: number; location: string }>((resolve) => (answer = resolve))
    const server = await webServer(() => later)
    const { list } = await hooked(call, server.url)
    const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: false, schedule: null })
    const plan = planner(serving)
    const [occurrence = ''] = await plan([{ what: 'begun', rule }])
    await expect.poll(() => server.got, patience).toHaveLength(1)
    await plan([{ what: 'acknowledged', rule, occurrence }])
    expect(await outbox(call)).toMatchObject([{ state: 'sending' }])
    answer({ status: 302, location: 'http://127.0.0.1:1/elsewhere' })
    await expect
      .poll(() => outbox(call), patience)
      .toMatchObject([{ state: 'spared', reason: 'acknowledged', trouble: { code: 'redirect' } }])
    await expect(call('alarms.discardNotice', { id: (await outbox(call))[0]?.id ?? '' })).rejects.toMatchObject({ code: 'notify.over' })
  })

  test('to stop in time is sent by the next start, with the same id', async () => {
    const folder = newFolder()
    const first = await startWorld({ folder })
    let silent = true
    const server = await webServer(() => (silent ? null : { status: 200 }))
    const { list } = await hooked(first.call, server.url)
    const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: false, schedule: null })
    await planner(first.serving)([{ what: 'begun', rule }])
    await expect.poll(() => server.got, patience).toHaveLength(1)
    await first.stop()
    silent = false
    const second = await startWorld({ folder })
    await expect.poll(() => outbox(second.call), patience).toMatchObject([{ state: 'sent', tries: 1 }])
    expect(server.got).toHaveLength(2)
    expect(new Set(server.got.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })
})

test('500 alarms at once are one message, the first one first; later ones wait their turn, but not what is critical', async () => {
  let now = Date.parse('2026-11-20T12:00:00Z')
  const { serving, call } = await startWorld({ clock: () => now })
  const server = await webServer(() => ({ status: 200 }))
  const { list } = await hooked(call, server.url)
  const rule = ruleOf({ steps: [{ list: list.id, afterMinutes: 0 }], resolved: false, schedule: null })
  const plan = planner(serving)
  const begun = (count: number) => Array.from({ length: count }, () => ({ what: 'begun' as const, rule }))
  await plan(begun(1), { deviceName: 'First', raisedAt: now - 1000 })
  await plan(begun(499))
  const sizes = () => server.got.map(({ body }) => (JSON.parse(body) as { alarms: unknown[] }).alarms.length)
  await expect.poll(() => sizes().reduce((sum, size) => sum + size, 0), patience).toBe(500)
  expect(server.got.length).toBeLessThanOrEqual(2)
  expect(JSON.parse(server.got.at(-1)?.body ?? '')).toMatchObject({ text: expect.stringMatching(/und (399|400) weitere/) })
  for (let sent = server.got.length; sent < 10; sent += 1) {
    await plan(begun(1))
    await expect.poll(() => server.got.length, patience).toBe(sent + 1)
  }
  await plan(begun(3))
  const waiting = async () => (await call('alarms.outbox', { state: 'waiting' })).notices.map(({ dueAt }) => dueAt)
  await expect.poll(waiting, patience).toEqual(Array(3).fill(now + 10 * minute))
  expect(server.got).toHaveLength(10)
  await plan(begun(1), { priority: 'critical' })
  await expect.poll(() => sizes().slice(10), patience).toEqual([1, 1, 1, 1])
})

function recipientContent({ name, language, alsoResolved, email, sms, webhook }: Awaited<ReturnType<typeof hooked>>['recipient']) {
  return { name, language, alsoResolved, email, sms, webhook }
}
