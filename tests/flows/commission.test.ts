import { expect, test } from 'vitest'
import { ecl, startBus } from './bus.ts'
import { startControllers, startWorld } from './world.ts'

type Refused = { code: string; params: Record<string, unknown> }
const refusal = (asking: Promise<unknown>) =>
  asking.then(
    () => null,
    (error: unknown) => error as Refused,
  )

const serial = { baud: 19200, parity: 'even', stop: 1 } as const

test('an address that cannot be meant is refused with the field that is wrong', async () => {
  const world = await startWorld()
  const wrong = async (address: object) => (await refusal(world.call('devices.probe', { host: '10.0.0.4', ...address })))?.params['context']
  expect(await wrong({ port: 0 })).toBe('noPort')
  expect(await wrong({ unit: 0 })).toBe('modbusUnit')
  expect(await wrong({ host: '/dev/ttyUSB0' })).toBe('hostForm')
  expect(await wrong({ host: '/dev/ttyUSB0', way: 'modbus-serial' })).toBe('noLine')
  expect(await wrong({ host: '/dev/ttyUSB0', way: 'modbus-serial', port: 5020, serial })).toBe('portOfSerial')
  expect(await wrong({ host: '10.0.0.4', way: 'modbus-serial', serial })).toBe('hostForm')
  expect(await wrong({ way: 'mbus-tcp', port: 10001, unit: 253 })).toBe('meterUnit')
  expect(await wrong({ way: 'opcua', port: 4840 })).toBe('noEndpoint')
  expect(await wrong({ way: 'push' })).toBe('noMember')
})

test('a device that does not tell what it is needs a profile that fits its way', async () => {
  const world = await startWorld()
  const meter = { host: '127.0.0.1', port: 10001, unit: 5, way: 'mbus-tcp' } as const
  expect(await refusal(world.call('devices.probe', meter))).toMatchObject({ code: 'device.needsProfile' })
  expect(await refusal(world.call('devices.probe', { ...meter, profile: 'belimo/energy-valve-4' }))).toMatchObject({
    code: 'device.profileMisfit',
    params: { needed: 'modbus', found: 'mbus' },
  })
  expect(await refusal(world.call('devices.probe', { ...meter, profile: 'nobody/knows' }))).toMatchObject({ code: 'notFound' })
})

test('a profile chosen by hand is asked as far as it goes, and says so', async () => {
  const { port } = await startBus(new Map([[1, ecl(77)]]))
  const world = await startWorld()
  const address = { host: '127.0.0.1', port }
  const other = await world.call('devices.probe', { ...address, profile: 'danfoss/ecl310-a230.1' })
  expect(other).toMatchObject({ profile: 'danfoss/ecl310-a230.1', recognised: false, identity: { serial: '77', application: 'A266.1' } })
  expect(other.notices.map(({ code }) => code)).toEqual(expect.arrayContaining(['chosenByHand', 'otherRecognised']))
  const right = await world.call('devices.add', { ...address, name: 'Right', profile: 'danfoss/ecl310-a266.1' })
  expect(right).toMatchObject({ recognised: true, chosen: false })
})

test('a device is added unseen only with a profile, and its identity stays open', async () => {
  const world = await startWorld()
  const address = { host: '127.0.0.1', port: 1, name: 'Later', tags: ['north', 'north', 'new'] }
  expect(await refusal(world.call('devices.add', { ...address, unseen: true }))).toMatchObject({ code: 'device.needsProfile' })
  const device = await world.call('devices.add', { ...address, unseen: true, profile: 'danfoss/ecl310-a266.1' })
  expect(device).toMatchObject({ chosen: true, recognised: false, tags: ['north', 'new'], identity: { serial: null, maker: 'Danfoss' } })
})

test('another profile keeps the numbers of the points that both have, and the way back finds all', async () => {
  const { ports } = await startControllers()
  const world = await startWorld()
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: ports[0] as number, name: 'House' })
  const series = async () => new Map((await world.call('devices.get', { id })).points.map((point) => [point.id, point.series]))
  const before = await series()
  const changed = await world.call('devices.change', { id, profile: 'danfoss/ecl-comfort' })
  expect(changed).toMatchObject({ profile: 'danfoss/ecl-comfort', chosen: true, recognised: false })
  const general = await series()
  const both = [...general].filter(([point]) => before.has(point))
  expect(both.length).toBeGreaterThan(10)
  expect(both.every(([point, number]) => before.get(point) === number)).toBe(true)
  const back = await world.call('devices.change', { id, profile: null })
  expect(back).toMatchObject({ profile: 'danfoss/ecl310-a266.1', chosen: false, recognised: true })
  expect(await series()).toEqual(before)
})

test('what was chosen, labelled and set for the line is there after a restart', async () => {
  const world = await startWorld()
  const line = { host: '/dev/ttyHearthgrid', port: 0, unit: 4, way: 'modbus-serial', serial } as const
  const profile = 'danfoss/ecl-comfort-110'
  await world.call('devices.add', { ...line, name: 'Cellar', tags: ['north'], unseen: true, profile })
  // While the serial port is perhaps still being opened.
  await world.stop()
  const again = await startWorld({ folder: world.serving.host.dataFolder })
  const [device] = await again.call('devices.list', {})
  expect(device).toMatchObject({ name: 'Cellar', tags: ['north'], chosen: true, profile, address: line })
  const other = { ...line, unit: 5, name: 'Other', unseen: true, profile }
  expect(await refusal(again.call('devices.add', { ...other, serial: { ...serial, baud: 9600 } }))).toMatchObject({
    code: 'device.lineDiffers',
    params: { settings: '19200 8E1' },
  })
  expect(await refusal(again.call('devices.add', { ...other, unit: 4 }))).toMatchObject({ code: 'device.duplicate' })
})

test('the same place by Modbus TCP and by RTU over TCP is one device', async () => {
  const world = await startWorld()
  const device = { host: '127.0.0.1', port: 1, unseen: true, profile: 'danfoss/ecl-comfort-110' }
  await world.call('devices.add', { ...device, name: 'First' })
  const second = world.call('devices.add', { ...device, name: 'Second', way: 'modbus-rtu-tcp' })
  expect(await refusal(second)).toMatchObject({ code: 'device.duplicate', params: { name: 'First' } })
})

test('plain text beyond private networks needs a consent, which the activity log keeps', async () => {
  const world = await startWorld()
  const device = { host: '203.0.113.9', port: 502, name: 'Far', unseen: true, profile: 'danfoss/ecl-comfort-110' }
  expect(await refusal(world.call('devices.add', device))).toMatchObject({ code: 'device.plainOutside', params: { host: '203.0.113.9' } })
  const { id } = await world.call('devices.add', { ...device, plainOutside: true })
  const { entries } = await world.call('audit.list', {})
  expect(JSON.parse(entries.find(({ subject }) => subject === id)?.input ?? '{}')).toMatchObject({
    plainOutside: true,
    host: '203.0.113.9',
  })
  expect(await refusal(world.call('devices.change', { id, host: '203.0.113.10' }))).toMatchObject({ code: 'device.plainOutside' })
  await world.call('devices.change', { id, host: '10.0.0.10' })
})

test('a controller blinks by one write that is noted, and nothing else is ever written to', { timeout: 20_000 }, async () => {
  const bus = await startBus(new Map([[1, ecl(5)]]))
  const stranger = await startBus(new Map([[1, new Map(Array.from({ length: 3000 }, (_, i) => [i, 1]))]]))
  const world = await startWorld()
  expect(await world.call('devices.wink', { host: '127.0.0.1', port: bus.port, seconds: 30 })).toEqual({ outcome: 'taken', code: null })
  await world.call('devices.wink', { host: '127.0.0.1', port: bus.port, seconds: 0 })
  expect(bus.writes).toEqual([
    { unit: 1, register: 2096, value: 30 },
    { unit: 1, register: 2096, value: 0 },
  ])
  const { entries } = await world.call('audit.list', {})
  expect(entries.filter(({ kind }) => kind === 'wink').map(({ result }) => result)).toEqual(['taken', 'taken'])
  expect(await refusal(world.call('devices.wink', { host: '127.0.0.1', port: stranger.port, seconds: 30 }))).toMatchObject({
    code: 'device.unrecognised',
  })
  expect(stranger.writes).toEqual([])
})

test('a test of the connection counts every point once', { timeout: 30_000 }, async () => {
  const { ports, stop } = await startControllers()
  const world = await startWorld()
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: ports[0] as number, name: 'House' })
  const tested = await world.call('devices.test', { id })
  expect(tested.good + tested.fault + tested.unserved + tested.lost).toBe(tested.points)
  expect(tested).toMatchObject({ lost: 0, failure: null, verdict: 'good' })
  expect(tested.good).toBeGreaterThan(100)
  expect(tested.answerMs).toBeLessThanOrEqual(tested.answerMsWorst ?? 0)
  await stop()
  const silent = await world.call('devices.test', { id })
  expect(silent).toMatchObject({ good: 0, verdict: 'silent' })
  expect(silent.failure).not.toBeNull()
})
