import { expect, onTestFinished, test } from 'vitest'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { exception, Peer, registers } from '../../src-worker/acquisition/testing/peer.ts'
import { ruleOf } from './alarm-rule.ts'
import { ecl } from './bus.ts'
import { eventually, newFolder, startWorld } from './world.ts'

const offline = ruleOf({ name: 'No contact', priority: 'low', test: { kind: 'offline' }, onDelayS: 1, offDelayS: 0, respondMinutes: null })

/** Controllers behind a converter that can be switched off, on a loopback address of its own. Units in `dead` say nothing. */
async function startConverter(host: string, units: readonly number[]) {
  const held = new Map(units.map((unit) => [unit, ecl(1000 + unit)]))
  const dead = new Set<number>()
  const peer = new Peer((asked) => {
    const words = held.get(asked.unit)
    if (!words || dead.has(asked.unit)) return undefined
    const served = Array.from({ length: asked.count }, (_, i) => words.has(asked.address + i)).every(Boolean)
    return served && asked.code === 3 ? registers(asked, (address) => words.get(address) ?? 0) : exception(asked, 2)
  })
  const port = await peer.listen(0, host)
  onTestFinished(() => peer.close())
  return { host, port, dead, units, off: () => peer.close(), on: () => peer.listen(port, host) }
}

type Converter = Awaited<ReturnType<typeof startConverter>>

async function startPlant(converters: readonly Converter[], folder = newFolder()) {
  const world = await startWorld({ folder })
  const { call } = world
  const add = async ({ host, port, units }: Converter) => {
    for (const unit of units) await call('devices.add', { host, port, unit, name: `House ${host.at(-1)}-${unit}` })
  }
  if ((await call('devices.list', {})).length === 0) await Promise.all(converters.map(add))
  const devices = await call('devices.list', {})
  const idOf = (name: string) => devices.find((one) => one.name === name)?.id ?? ''
  const rows = async (view: 'open' | 'suppressed' = 'open') => (await call('alarms.list', { view })).rows
  const tryAll = () => Promise.all(devices.map(({ id: device }) => call('acquisition.tryNow', { device })))
  const allAre = (...states: string[]) =>
    eventually(
      () => call('acquisition.connections', {}),
      (lines) => lines.every(({ contact }) => states.includes(contact.state)),
    )
  return { ...world, devices, idOf, rows, tryAll, allAre }
}

const briefly = (rows: readonly AlarmRow[]) => rows.map(({ part, deviceName, state, active }) => [part, deviceName, state, active])

const limit = { timeout: 60_000 }

test('a lost converter is one alarm above its controllers, also after a restart, and clears after them', limit, async () => {
  const converter = await startConverter('127.0.0.1', [1, 2, 3, 4, 5])
  const folder = newFolder()
  const first = await startPlant([converter], folder)
  await first.allAre('online', 'degraded')
  const rule = await first.call('alarms.addRule', { content: offline })
  const line = `127.0.0.1:${converter.port}`
  const offAt = Date.now()
  await converter.off()
  const seen = new Set<number>()
  const [row] = await eventually(
    first.rows,
    (rows) => (seen.add(rows.length), rows.length > 0 && rows.every(({ beneath }) => beneath === 5)),
  )
  expect(row).toMatchObject({
    part: `line:${line}`,
    deviceName: line,
    device: null,
    kind: 'offline',
    state: 'unacknowledged',
    active: true,
  })
  const beneath = await first.rows('suppressed')
  expect(beneath.map(({ deviceName }) => deviceName).toSorted()).toEqual(converter.units.map((unit) => `House 1-${unit}`))
  for (const one of beneath) expect(one.suppression).toMatchObject({ reason: 'parent', by: row?.id })
  expect((await first.call('alarms.get', { id: row?.id ?? '' })).beneath).toHaveLength(5)
  await first.stop()

  const second = await startPlant([converter], folder)
  await second.allAre('offline')
  expect((await second.rows()).map(({ id, occurrence }) => [id, occurrence])).toEqual([[row?.id, row?.occurrence]])
  expect(await second.rows('suppressed')).toHaveLength(5)

  const onAt = Date.now()
  await converter.on()
  await second.tryAll()
  const [back] = await eventually(
    async () => {
      const rows = await second.rows()
      seen.add(rows.length)
      return rows
    },
    ([one]) => one?.active === false,
  )
  expect(back).toMatchObject({ id: row?.id, state: 'returned', occurrence: row?.occurrence })
  expect(await second.rows('suppressed')).toEqual([])
  expect([...seen].every((count) => count <= 1)).toBe(true)
  const { rows: history } = await second.call('alarms.history', { from: 0, to: Date.now(), rule: rule.id })
  expect(history).toHaveLength(6)
  const [whole] = history.filter(({ hidden }) => hidden === null)
  expect(whole?.alarm).toBe(row?.id)
  expect(whole?.raisedAt).toBeGreaterThanOrEqual(offAt + 1000)
  expect(whole?.clearedAt).toBeGreaterThanOrEqual(onAt)
  for (const one of history.filter(({ hidden }) => hidden !== null))
    expect(one).toMatchObject({ hidden: 'suppressed', beneath: row?.id, clearedAt: expect.any(Number), endedAt: expect.any(Number) })
})

test('one dead controller of five is one alarm of this controller', limit, async () => {
  const converter = await startConverter('127.0.0.1', [1, 2, 3, 4, 5])
  const { call, rows, tryAll, allAre, idOf } = await startPlant([converter])
  await allAre('online', 'degraded')
  await call('alarms.addRule', { content: offline })
  converter.dead.add(2)
  await call('acquisition.tryNow', { device: idOf('House 1-2') })
  await tryAll()
  expect(briefly(await eventually(rows, ({ length }) => length > 0))).toEqual([['', 'House 1-2', 'unacknowledged', true]])
  expect(await rows('suppressed')).toEqual([])
  converter.dead.clear()
  await eventually(
    () => call('acquisition.tryNow', { device: idOf('House 1-2') }),
    ({ state }) => state === 'online',
  )
  await eventually(rows, ([one]) => one?.active === false)
})

test('a network that is lost with all its lines, and comes back at once, is one alarm and no flood', limit, async () => {
  const converters = await Promise.all([2, 3, 4, 5, 6, 7].map((i) => startConverter(`127.0.0.${i}`, [1, 2, 3, 4, 5, 6, 7, 8])))
  const { call, rows, tryAll, allAre } = await startPlant(converters)
  await allAre('online', 'degraded')
  await call('alarms.addRule', { content: offline })
  const most: number[] = []
  const watched = async () => {
    const now = await rows()
    most.push(now.length)
    return now
  }
  await Promise.all(converters.map(({ off }) => off()))
  const [row] = await eventually(watched, ([one]) => one?.beneath === 6)
  expect(row).toMatchObject({ part: 'network', device: null, active: true })
  const hidden = await eventually(
    () => rows('suppressed'),
    ({ length }) => length === 54,
  )
  expect(hidden.filter(({ device }) => device !== null)).toHaveLength(48)
  await Promise.all(converters.map(({ on }) => on()))
  await tryAll()
  await eventually(watched, ([one]) => one?.active === false)
  await allAre('online', 'degraded')
  expect(Math.max(...most)).toBe(1)
  expect(await rows('suppressed')).toEqual([])
  expect(await call('alarms.summary', {})).toMatchObject({ open: 1, flood: { active: false } })
})

test('findings of meters and the program itself are alarms too', limit, async () => {
  const converter = await startConverter('127.0.0.1', [1])
  const { call, serving, devices, rows } = await startPlant([converter])
  const [device] = devices
  const common = { onDelayS: 0, offDelayS: 0 }
  const health = { kind: 'health', checks: ['diskFree', 'settingsFailed'], diskFree: 1e9, backupAge: 48, pollOverrun: 60 } as const
  await call('alarms.addRule', { content: ruleOf({ ...common, name: 'Disk', test: { ...health, checks: [...health.checks] } }) })
  await call('alarms.addRule', { content: ruleOf({ ...common, name: 'Meter', test: { kind: 'meter', severities: 'all' } }) })
  const [disk] = await eventually(rows, ({ length }) => length > 0)
  expect(disk).toMatchObject({ part: 'diskFree', deviceName: 'Hearthgrid', limit: 1e9 })
  expect(disk?.value).toBeGreaterThan(0)

  const { database, events, clock } = serving.host
  const found = { rule: 'jump', severity: 'alarm' as const, device: device?.id ?? '', devices: JSON.stringify([device?.name]) }
  await database
    .insertInto('finding')
    .values({
      id: 'f1',
      key: 'f1',
      ...found,
      meter: null,
      series: null,
      fromAt: clock() - 7_200_000,
      toAt: clock() - 3_600_000,
      figures: '[]',
      method: 1,
      openSince: clock() - 3_600_000,
      lastSeen: clock(),
      closedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      note: null,
    })
    .execute()
  events.announce({ event: 'changed', kind: 'finding', ids: [] })
  const both = await eventually(rows, ({ length }) => length === 2)
  expect(both.find(({ kind }) => kind === 'meter')).toMatchObject({ part: 'jump', deviceName: 'House 1-1', active: true })
  await call('energy.acknowledge', { id: 'f1', note: 'The register was set by the maker' })
  await eventually(rows, (all) => all.some(({ kind, active }) => kind === 'meter' && !active))
})
