import { expect, test } from 'vitest'
import { eventually, listen, newFolder, startWorld } from './world.ts'

type World = Awaited<ReturnType<typeof startWorld>>
const minute = 60_000

/** What a gateway posts, and what it is told. */
async function post(world: World, path: string, token: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(world.serving.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), told: (await answer.json()) as Record<string, unknown> }
}

const points = [
  { key: 'flow', point: 'circuit1.flow', is: 'temperature', scale: 0.1 },
  { key: 'energy', point: 'own.energy', title: 'Energy of the boiler', is: 'energy', scale: 1000 },
] as const

async function mapped(world: World, name = 'Router 1') {
  const gateway = await world.call('ingest.addGateway', { name, zone: 'UTC' })
  const device = await world.call('ingest.map', { id: gateway.id, member: 'house', name: 'House', points: [...points] })
  const { points: infos } = await world.call('devices.get', { id: device.id })
  const series = (id: string) => infos.find((point) => point.id === id)?.series ?? 0
  const stored = async (id: string) => {
    const { at, value } = await world.call('history.readings', { series: series(id), from: 0, to: Date.now() + 3_600_000, limit: 1000 })
    return at.map((one, i) => [one, value[i]])
  }
  return { ...gateway, device, series, stored, send: (body: unknown) => post(world, gateway.path, gateway.token, body) }
}

const second = (at: number) => Math.floor(at / 1000) * 1000

test('what a gateway sends is offered key by key, and mapped to points it is stored and shown', async () => {
  const world = await startWorld()
  const gateway = await world.call('ingest.addGateway', { name: 'Router 1', zone: 'UTC' })
  expect(gateway.path).toBe('/api/v1/ingest/router-1')
  const at = second(Date.now())
  const first = await post(world, gateway.path, gateway.token, { device: 'house', ts: at / 1000, flow: 615, energy: '2.5' })
  expect([first.status, first.told]).toEqual([200, expect.objectContaining({ values: 2, stored: 0, unmapped: 2 })])
  expect(await world.call('ingest.keys', { id: gateway.id })).toEqual([
    expect.objectContaining({ member: 'house', key: 'energy', raw: '2.5', number: 2.5, at, count: 1, device: null, mapped: null }),
    expect.objectContaining({ member: 'house', key: 'flow', raw: '615', number: 615 }),
  ])

  const device = await world.call('ingest.map', { id: gateway.id, member: 'house', name: 'House', points: [...points] })
  expect([device.address, device.contact.state]).toEqual([
    expect.objectContaining({ way: 'push', host: 'router-1', member: 'house' }),
    'waiting',
  ])
  const { points: infos } = await world.call('devices.get', { id: device.id })
  const series = infos.map((point) => point.series)
  const live = await listen(world.serving, world.token)
  live.watch(series)

  const sent = await post(world, gateway.path, gateway.token, { device: 'house', ts: at / 1000, flow: 615, energy: '2.5' })
  expect([sent.status, sent.told]).toEqual([200, expect.objectContaining({ stored: 2, unmapped: 0 })])
  const event = await live.until((one) => one.event === 'readings')
  expect(event).toMatchObject({ series, at: [at, at], value: [61.5, 2500], quality: [0, 0] })
  expect((await world.call('devices.get', { id: device.id })).contact.state).toBe('online')
  const { value } = await world.call('history.readings', { series: series[0] ?? 0, from: at, to: at + 1, limit: 5 })
  expect(value).toEqual([61.5])
  expect((await world.call('ingest.keys', { id: gateway.id })).map(({ mapped: one }) => [one?.point, one?.scale])).toEqual([
    ['own.energy', 1000],
    ['circuit1.flow', 0.1],
  ])
})

test('the same message twice is stored once, also after a restart; another value for a stamp is counted and not taken', async () => {
  const folder = newFolder()
  const world = await startWorld({ folder })
  const { send, path, token } = await mapped(world)
  const at = second(Date.now() - 10 * minute)
  const body = { device: 'house', ts: at, flow: 500 }
  expect((await send(body)).told).toMatchObject({ stored: 1, duplicates: 0, conflicts: 0 })
  expect((await send(body)).told).toMatchObject({ stored: 0, duplicates: 1, conflicts: 0 })
  expect((await send({ ...body, flow: 501 })).told).toMatchObject({ stored: 0, duplicates: 0, conflicts: 1 })
  expect((await send([body, { ...body, ts: at + 1000 }, { ...body, ts: at + 1000, flow: 7 }])).told).toMatchObject({
    stored: 1,
    duplicates: 1,
    conflicts: 1,
  })
  await world.stop()

  const next = await startWorld({ folder })
  expect((await post(next, path, token, body)).told).toMatchObject({ stored: 0, duplicates: 1 })
  expect((await post(next, path, token, { ...body, flow: 502 })).told).toMatchObject({ stored: 0, conflicts: 1 })
  const [device] = await next.call('devices.list', {})
  const series = device?.key[0]?.series ?? 0
  const { at: times, value } = await next.call('history.readings', { series, from: at, to: at + minute, limit: 10 })
  expect([times, value]).toEqual([
    [at, at + 1000],
    [50, 50],
  ])
})

test('late data is stored at its own time and the newer value stays on the screen', async () => {
  const world = await startWorld()
  const { send, stored, series } = await mapped(world)
  const now = second(Date.now())
  await send({ device: 'house', ts: now, flow: 600 })
  const late = [30, 20, 10].map((ago) => ({ device: 'house', ts: now - ago * minute, flow: 600 - ago }))
  expect((await send(late)).told).toMatchObject({ stored: 3, conflicts: 0 })
  expect(await stored('circuit1.flow')).toEqual([
    [now - 30 * minute, 57],
    [now - 20 * minute, 58],
    [now - 10 * minute, 59],
    [now, 60],
  ])
  expect(await world.call('acquisition.latest', { series: [series('circuit1.flow')] })).toEqual([
    { series: series('circuit1.flow'), at: now, value: 60, quality: 'good' },
  ])
})

test('stamps of the future and of long ago are refused, counted and shown; the rest of the message is stored', async () => {
  const world = await startWorld()
  const { id, send, stored } = await mapped(world)
  const now = second(Date.now())
  const stamps = [now, now + 10 * minute, now - 400 * 24 * 60 * minute, 'yesterday']
  const sent = await send(stamps.map((ts) => ({ device: 'house', ts, flow: 1 })))
  expect([sent.status, sent.told]).toEqual([200, expect.objectContaining({ values: 4, stored: 1, future: 1, old: 1, badTime: 1 })])
  expect(await stored('circuit1.flow')).toEqual([[now, 0.1]])
  const [gateway] = await world.call('ingest.gateways', {})
  expect(gateway).toMatchObject({ id, devices: 1, requests: 1, tally: { future: 1, old: 1, badTime: 1, stored: 1 } })
})

test('only the token of that gateway opens its door, and not after it was revoked', async () => {
  const world = await startWorld()
  const one = await mapped(world)
  const other = await world.call('ingest.addGateway', { name: 'Router 1', zone: 'UTC' })
  expect(other.id).toBe('router-1-2')
  const body = { device: 'house', flow: 1 }
  expect((await post(world, one.path, other.token, body)).status).toBe(401)
  expect((await post(world, one.path, world.token, body)).status).toBe(401)
  expect((await post(world, '/api/v1/ingest/nobody', one.token, body)).status).toBe(401)
  expect((await fetch(`${world.serving.url}/api/v1/devices`, { headers: { authorization: `Bearer ${one.token}` } })).status).toBe(401)
  const asKey = await fetch(`${world.serving.url}${one.path}?key=${one.token}`, { method: 'POST', body: JSON.stringify(body) })
  expect(asKey.status).toBe(200)
  const foreign = { origin: 'http://evil.example', host: 'evil.example' }
  expect((await post(world, one.path, one.token, body, foreign)).status).toBe(403)

  const { token } = await world.call('ingest.makeToken', { id: one.id })
  expect((await one.send(body)).status).toBe(401)
  expect((await post(world, one.path, token, body)).status).toBe(200)
  await world.call('ingest.revokeToken', { id: one.id })
  expect((await post(world, one.path, token, body)).status).toBe(401)
  await expect(world.call('ingest.removeGateway', { id: one.id })).rejects.toMatchObject({ code: 'ingest.inUse' })
  await world.call('devices.remove', { id: one.device.id })
  await world.call('ingest.removeGateway', { id: one.id })
  expect((await world.call('ingest.gateways', {})).map(({ id }) => id)).toEqual(['router-1-2'])
})

test('what cannot be taken is refused with its reason, which stands in the last requests', async () => {
  const world = await startWorld()
  const gateway = await mapped(world)
  expect((await gateway.send('{"flow":')).status).toBe(400)
  expect((await gateway.send('x'.repeat(1_100_000))).status).toBe(413)
  expect((await gateway.send({ device: 'house', flow: 'warm' })).told).toMatchObject({ notNumbers: 1, stored: 0 })
  expect((await post(world, gateway.path, 'x'.repeat(43), {})).status).toBe(401)
  const requests = await world.call('ingest.requests', { id: gateway.id })
  expect(requests.map(({ status, problem }) => [status, problem])).toEqual([
    [401, 'ingest.token'],
    [200, null],
    [413, 'ingest.tooLarge'],
    [400, 'ingest.unreadable'],
  ])
  expect(requests[3]).toMatchObject({ from: '127.0.0.1', body: '{"flow":', detail: expect.stringMatching(/JSON/), bytes: 8 })
  expect(JSON.stringify(requests)).not.toContain(gateway.token)
})

test('a gateway that sends without end is asked to wait', async () => {
  const world = await startWorld()
  const gateway = await mapped(world)
  const statuses = new Set<string>()
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.send({ device: 'house', flow: 1 })))
    for (const { status, retryAfter } of answers) {
      statuses.add(`${status} ${retryAfter ?? ''}`.trim())
    }
  }
  expect([...statuses].toSorted()).toEqual(['200', '429 10'])
})

test('an acknowledged message is on disk: a kill of the store right after loses nothing', async () => {
  const world = await startWorld()
  const { send, stored } = await mapped(world)
  const now = second(Date.now())
  expect((await send({ device: 'house', ts: now, flow: 421 })).status).toBe(200)
  await world.serving.host.workers.history.crash()
  expect(
    await eventually(
      () => stored('circuit1.flow').catch(() => []),
      (rows) => rows.length > 0,
    ),
  ).toEqual([[now, 42.1]])
  expect((await send({ device: 'house', ts: now, flow: 421 })).told).toMatchObject({ duplicates: 1, stored: 0 })
})

test('two devices whose names give the same file name keep their own points, and a removed one can be mapped again', async () => {
  const world = await startWorld()
  const { id, device, send } = await mapped(world, 'Дом')
  const other = await world.call('ingest.map', { id, member: 'House', name: 'Other', points: [{ key: 'a', point: 'ownA', is: 'number' }] })
  expect(other.profile).not.toBe(device.profile)
  const body = [
    { device: 'house', flow: 1 },
    { device: 'House', a: 2 },
  ]
  expect((await send(body)).told).toMatchObject({ stored: 2 })
  await world.call('devices.remove', { id: other.id })
  const again = await world.call('ingest.map', { id, member: 'House', name: 'Again', points: [{ key: 'b', point: 'ownB', is: 'number' }] })
  expect((await world.call('devices.get', { id: again.id })).points.map((point) => point.id)).toEqual(['ownB'])
})

test('a device that has gone quiet is offline with the reason, its value is gone, and it comes back with the next message', async () => {
  let ahead = 0
  const world = await startWorld({ clock: () => Date.now() + ahead })
  const { device, send, series } = await mapped(world)
  const flow = async () => (await world.call('acquisition.latest', { series: [series('circuit1.flow')] }))[0]
  const contact = async () => (await world.call('devices.get', { id: device.id })).contact
  await send({ device: 'house', flow: 300 })
  expect((await contact()).state).toBe('online')
  ahead = 29 * minute
  await send({ device: 'house', flow: 301 })
  ahead = 31 * minute + 29 * minute
  expect((await contact()).state).toBe('online')
  ahead = 90 * minute
  const lost = await eventually(contact, ({ state }) => state === 'offline')
  expect(lost.failure).toEqual({ code: 'ingest.quiet', params: { minutes: 58 } })
  expect(await flow()).toMatchObject({ value: null, quality: 'offline' })
  await send({ device: 'house', flow: 302 })
  expect([(await contact()).state, await flow()]).toEqual(['online', expect.objectContaining({ value: 30.2, quality: 'good' })])
})
