import { expect, test } from 'vitest'
import type { Scan, ScanPlace } from '#shared/commissioning/contract.ts'
import { ecl, startBus } from './bus.ts'
import { caller, eventually, listen, startWorld } from './world.ts'

type World = Awaited<ReturnType<typeof startWorld>>

const ended = async ({ call }: World): Promise<Scan> => {
  const scan = await eventually(
    () => call('commissioning.scan', {}),
    (now) => now !== null && now.state !== 'running',
  )
  if (!scan) throw new Error('no scan')
  return scan
}
const scanned = async (world: World, place: ScanPlace, patienceMs = 150): Promise<Scan> => {
  await world.call('commissioning.startScan', { place, patienceMs })
  return ended(world)
}
const line = (port: number, from: number, to: number) => ({ kind: 'line', line: { host: '127.0.0.1', port }, from, to }) as const
/** Serves what no profile knows. */
const strange = new Map(Array.from({ length: 3000 }, (_, i) => [i, 1]))

test('all units of a line are asked one after another, through one connection, and nothing is written', { timeout: 30_000 }, async () => {
  const bus = await startBus(
    new Map([
      [3, ecl(1003)],
      [5, strange],
      [7, ecl(1007, [65, 230, 1])],
    ]),
  )
  const world = await startWorld()
  const events = await listen(world.serving, world.token)
  const scan = await scanned(world, line(bus.port, 1, 9))
  expect(scan).toMatchObject({ state: 'done', asked: 9, total: 9 })
  expect(
    scan.hits.map(({ address, finding, failure }) => [
      address.unit,
      finding?.identity.serial,
      finding?.identity.application,
      failure?.code,
    ]),
  ).toEqual([
    [3, '1003', 'A266.1', undefined],
    [5, undefined, undefined, 'device.unrecognised'],
    [7, '1007', 'A230.1', undefined],
  ])
  expect(scan.hits[0]?.finding).toMatchObject({ wink: true, identity: { firmware: '2.45' } })
  expect(bus.writes).toEqual([])
  expect(bus.wires.most).toBe(1)
  expect(bus.wires.made).toBeLessThan(4)
  await eventually(
    () => events.events,
    (all) =>
      all.some((event) => event.event === 'jobs' && event.job === 'commissioning.scan' && event.state === 'done' && event.done === 9),
  )
})

test('a device that is read already is marked and not asked, and its line goes on', { timeout: 30_000 }, async () => {
  const bus = await startBus(new Map([[9, ecl(9)]]))
  const world = await startWorld()
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: bus.port, unit: 9, name: 'House' })
  const connection = async () => (await world.call('acquisition.connections', {})).find(({ device }) => device === id)
  const before = await eventually(connection, (now) => now?.contact.state === 'online')
  const scan = await scanned(world, line(bus.port, 4, 14))
  expect(scan.hits).toMatchObject([{ address: { unit: 9 }, finding: null, device: { id, name: 'House' } }])
  const after = await eventually(connection, (now) => now?.contact.state === 'online')
  expect([after?.failures, after?.reconnects]).toEqual([before?.failures, before?.reconnects])
  expect(bus.wires.most).toBe(1)
  expect([...bus.asked.keys()].filter((unit) => unit < 4 || unit > 14)).toEqual([])
})

test('a network is asked at many addresses at once, and where nobody is only once', { timeout: 30_000 }, async () => {
  const first = await startBus(new Map([[1, ecl(21)]]), '127.0.0.21')
  await startBus(new Map([[2, ecl(24)]]), '127.0.0.24', first.port)
  const world = await startWorld()
  const scan = await scanned(world, { kind: 'subnet', range: '127.0.0.16/28', port: first.port, units: [1, 2] })
  expect(scan).toMatchObject({ state: 'done', asked: 28, total: 28 })
  const found = scan.hits.map(({ address, finding }) => `${address.host}/${address.unit} ${finding?.identity.serial}`)
  expect(found.toSorted()).toEqual(['127.0.0.21/1 21', '127.0.0.24/2 24'])
})

test('a hit that is added meanwhile is marked, and all hits outlive a restart', { timeout: 30_000 }, async () => {
  const bus = await startBus(
    new Map([
      [1, ecl(31)],
      [2, ecl(32)],
    ]),
  )
  const world = await startWorld()
  await scanned(world, line(bus.port, 1, 2))
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: bus.port, unit: 2, name: 'Second' })
  await world.stop()
  const again = await startWorld({ folder: world.serving.host.dataFolder })
  const scan = await again.call('commissioning.scan', {})
  expect(scan?.hits.map(({ address, device }) => [address.unit, device])).toEqual([
    [1, null],
    [2, { id, name: 'Second' }],
  ])
  await again.call('commissioning.forgetScan', {})
  expect(await again.call('commissioning.scan', {})).toBeNull()
})

test('what was found is a table with names, which adds all of it', { timeout: 60_000 }, async () => {
  const bus = await startBus(
    new Map([
      [1, ecl(61)],
      [2, strange],
      [3, ecl(63, [65, 230, 1])],
    ]),
  )
  const world = await startWorld()
  await scanned(world, line(bus.port, 1, 3))
  const run = await world.call('commissioning.scanTable', {})
  expect(run).toMatchObject({ rows: 2, counts: { new: 2, faulty: 0 } })
  await world.call('commissioning.importTable', { id: run.id })
  await eventually(
    () => world.call('commissioning.table', { id: run.id }),
    ({ state }) => state === 'done',
  )
  const devices = await world.call('devices.list', {})
  expect(devices.map(({ address, identity }) => `${address.unit} ${identity.application}`).toSorted()).toEqual(['1 A266.1', '3 A230.1'])
  expect(new Set(devices.map(({ name }) => name)).size).toBe(2)
})

test('a scan is cancelled at once, keeps what it found, and one at a time runs', { timeout: 30_000 }, async () => {
  const bus = await startBus(new Map([[1, ecl(41)]]))
  const world = await startWorld()
  await world.call('commissioning.startScan', { place: line(bus.port, 1, 200), patienceMs: 1000 })
  const second = world.call('commissioning.startScan', { place: line(bus.port, 1, 2) })
  expect(await second.catch((error: unknown) => error)).toMatchObject({ code: 'busy' })
  await eventually(
    () => world.call('commissioning.scan', {}),
    (scan) => scan?.hits.length === 1 && scan.asked > 1,
  )
  await world.call('commissioning.cancelScan', {})
  const scan = await world.call('commissioning.scan', {})
  expect(scan).toMatchObject({ state: 'cancelled', leftMs: null })
  expect(scan?.hits).toHaveLength(1)
  expect(scan?.asked).toBeLessThan(20)
})

test('a scan that ran when the program ended is interrupted, with what it had found', { timeout: 30_000 }, async () => {
  const bus = await startBus(new Map([[1, ecl(51)]]))
  const world = await startWorld()
  await world.call('commissioning.startScan', { place: line(bus.port, 1, 200), patienceMs: 1000 })
  await eventually(
    () => world.call('commissioning.scan', {}),
    (scan) => scan?.hits.length === 1,
  )
  await world.stop()
  const again = await startWorld({ folder: world.serving.host.dataFolder })
  expect(await again.call('commissioning.scan', {})).toMatchObject({ state: 'interrupted', hits: [{ address: { unit: 1 } }] })
})

test('public networks, too large ones and ways without registers are refused', async () => {
  const world = await startWorld()
  const refused = (place: object) =>
    world.call('commissioning.startScan', { place: place as ScanPlace }).catch((error: unknown) => error as { code: string })
  expect(await refused({ kind: 'subnet', range: '8.8.8.0/24' })).toMatchObject({ code: 'scan.badRange', params: { context: 'outside' } })
  expect(await refused({ kind: 'subnet', range: '10.0.0.0/8' })).toMatchObject({ code: 'scan.badRange', params: { context: 'tooMany' } })
  expect(await refused({ kind: 'line', line: { host: '10.0.0.1', port: 502 }, from: 9, to: 2 })).toMatchObject({ code: 'input.invalid' })
  expect(await refused({ kind: 'line', line: { host: '10.0.0.1', port: 10001, way: 'mbus-tcp' } })).toMatchObject({ code: 'input.invalid' })
})

test('who may not connect controllers may not look for them, and a draft belongs to its person', async () => {
  const world = await startWorld()
  await world.call('commissioning.saveDraft', { draft: '{"step":"where"}' })
  expect(await world.call('commissioning.draft', {})).toMatchObject({ draft: '{"step":"where"}' })
  const stranger = caller(world.serving, 'no-such-token')
  expect(await stranger('commissioning.draft', {}).catch((error: unknown) => error)).toMatchObject({ code: 'access.required' })
  await world.call('commissioning.saveDraft', { draft: null })
  expect(await world.call('commissioning.draft', {})).toEqual({ draft: null, changedAt: null })
})
