import { expect, test } from 'vitest'
import { ruleOf } from './alarm-rule.ts'
import { startHouses } from './alarms-world.ts'
import { hooked, outbox, webServer } from './notify-world.ts'
import { eventually, startControllers, startWorld } from './world.ts'

const minute = 60_000
const patience = { timeout: 30_000 }

test('an offline alarm reaches its recipient after its delay, and the alarm says whom', { timeout: 120_000 }, async () => {
  let ahead = 0
  const { call } = await startWorld({ clock: () => Date.now() + ahead })
  const server = await webServer(() => ({ status: 200 }))
  const { list } = await hooked(call, server.url)
  const { ports, simulator } = await startControllers()
  const device = await call('devices.add', { host: '127.0.0.1', port: ports[0] ?? 0, name: 'Tulpenweg 3' })
  const isContact = (state: string) =>
    eventually(
      () => (call('acquisition.tryNow', { device: device.id }), call('acquisition.connections', {})),
      (lines) => lines.every(({ contact }) => contact.state === state),
    )
  await isContact('online')
  const steps = [{ list: list.id, afterMinutes: 2 }]
  const test = { kind: 'offline' as const }
  const notify = { steps, resolved: true, schedule: null }
  await call('alarms.addRule', { content: ruleOf({ name: 'No contact', test, onDelayS: 1, offDelayS: 0, notify }) })
  await simulator.close({})
  const open = async () => (await call('alarms.list', {})).rows
  await expect.poll(open, patience).toMatchObject([{ ruleName: 'No contact', state: 'unacknowledged' }])
  await expect.poll(() => outbox(call), patience).toMatchObject([{ state: 'waiting', list: 'On call' }])
  expect(server.got).toEqual([])
  ahead += 2 * minute
  await expect.poll(() => server.got, patience).toHaveLength(1)
  expect(JSON.parse(server.got[0]?.body ?? '')).toMatchObject({ alarms: [{ kind: 'offline', rule: 'No contact', what: 'raised' }] })
  const [row] = await open()
  const { happenings } = await call('alarms.get', { id: row?.id ?? '' })
  expect(happenings).toContainEqual(expect.objectContaining({ what: 'notified', text: 'Anna (webhook)' }))
})

test('a limit alarm that is acknowledged before its time is told to nobody, one that is not is told, and its end too', async () => {
  let ahead = 0
  const world = await startHouses(['Tulpenweg 3'], { clock: () => Date.now() + ahead })
  const server = await webServer(() => ({ status: 200 }))
  const { list } = await hooked(world.call, server.url)
  const steps = [{ list: list.id, afterMinutes: 2 }]
  await world.addRule(ruleOf({ notify: { steps, resolved: true, schedule: null } }))
  await world.send({ 'Tulpenweg 3': { flow: 95 } })
  const [row] = await eventually(world.open, (rows) => rows.length === 1)
  await expect.poll(() => outbox(world.call), patience).toMatchObject([{ state: 'waiting' }])
  await world.call('alarms.acknowledge', { ids: [row?.id ?? ''] })
  await expect.poll(() => outbox(world.call), patience).toMatchObject([{ state: 'spared', reason: 'acknowledged' }])
  ahead += 3 * minute
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(server.got).toEqual([])

  // The next time nobody looks, and both the begin and the end are told.
  await world.send({ 'Tulpenweg 3': { flow: 70 } })
  await eventually(world.open, (rows) => rows.length === 0)
  await world.send({ 'Tulpenweg 3': { flow: 96 } })
  await eventually(world.open, (rows) => rows.length === 1)
  ahead += 3 * minute
  await expect.poll(() => server.got, patience).toHaveLength(1)
  await world.send({ 'Tulpenweg 3': { flow: 70 } })
  await expect.poll(() => server.got, patience).toHaveLength(2)
  const told = server.got.map(({ body }) => JSON.parse(body) as unknown)
  expect(told).toMatchObject([{ alarms: [{ what: 'raised', value: 96, limit: 80 }] }, { alarms: [{ what: 'resolved' }] }])
})
