import {
  AttributeIds,
  BrowseDirection,
  ClientMonitoredItem,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  StatusCodes,
  TimestampsToReturn,
  type ClientSession,
  type DataValue,
} from 'node-opcua-client'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { expect, onTestFinished, test } from 'vitest'
import { coastalClimate } from '../../src-shared/simulator/scenario.ts'
import { pointStep, stationNode, townNamespace, townPath } from '../../src-shared/simulator/opcua-town.ts'
import { Controller } from '../../src-worker/simulator/image/controller.ts'
import { modelOf } from '../../src-worker/simulator/image/model.ts'
import { localTime } from '../../src-worker/simulator/physics/local-time.ts'
import { createPhysics } from '../../src-worker/simulator/physics/physics.ts'
import { openOpcuaServer, type OpcuaOptions } from '../../src-worker/simulator/serve/opcua/opcua-server.ts'
import { plainStation, shippedProfiles } from '../../src-worker/simulator/testing/demo-town.ts'
import { mappedDocument } from './opcua-world.ts'
import { newFolder, quarterHour, startWorld } from './world.ts'

const noon = Date.UTC(2026, 0, 22, 12)
const good = { offline: false, noAnswer: false, frozen: false }
const names = ['Hallenbad', 'Hotel am Markt']

/** Two houses with physics and controllers behind the server. */
async function town(changes: Partial<OpcuaOptions> = {}) {
  const physics = createPhysics({
    climate: coastalClimate,
    latitude: 51,
    houses: names.map((name, i) => ({ name, seed: 5 + i })),
    network: { pipes: [{ id: 'n1', parent: -1, length: 100, diameter: 0.1, loss: 0.2 }], stations: [0, 0] },
    start: noon,
  })
  const run = (minutes: number) => {
    for (let i = 0; i < minutes; i++) physics.step(60)
  }
  const controllers = names.map((name, index) => {
    const station = plainStation({ name, seed: 5 + index, serial: 70_001 + index })
    return new Controller({ station, model: modelOf(station.profile), physics, index, zone: localTime(coastalClimate.timeZone) })
  })
  run(30)
  const server = await openOpcuaServer({
    stations: controllers.map((bank, i) => ({
      name: bank.station.name,
      profile: bank.station.profile,
      bank,
      state: () => physics.state(i),
    })),
    clock: () => physics.now,
    host: '127.0.0.1',
    port: 0,
    ...changes,
  })
  onTestFinished(() => server.close())
  return { physics, controllers, server, run }
}

async function clientOf(port: number, secure = false): Promise<ClientSession> {
  const client = OPCUAClient.create({
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
    ...(secure && {
      securityMode: MessageSecurityMode.SignAndEncrypt,
      securityPolicy: SecurityPolicy.Basic256Sha256,
      clientCertificateManager: new OPCUACertificateManager({
        rootFolder: newFolder(),
        automaticallyAcceptUnknownCertificate: true,
        disableFileWatchers: true,
        keySize: 2048,
      }),
    }),
  })
  onTestFinished(() => client.disconnect())
  await client.connect(`opc.tcp://127.0.0.1:${port}${townPath}`)
  const session = await client.createSession()
  onTestFinished(() => session.close())
  return session
}

const nodeId = (station: string, id: string) => `ns=1;s=${station}/${id}`
const read = (session: ClientSession, station: string, id: string): Promise<DataValue> =>
  session.read({ nodeId: nodeId(station, id), attributeId: AttributeIds.Value })
const write = (session: ClientSession, station: string, id: string, dataType: DataType, value: unknown) =>
  session.write({ nodeId: nodeId(station, id), attributeId: AttributeIds.Value, value: { value: { dataType, value } } })

test('each station is a folder of points under their own names, with units, as a foreign client sees it', async () => {
  const { server, physics } = await town()
  const session = await clientOf(server.port)
  const below = async (node: string) => {
    const { references } = await session.browse({
      nodeId: node,
      referenceTypeId: 'HierarchicalReferences',
      browseDirection: BrowseDirection.Forward,
      includeSubtypes: true,
      resultMask: 63,
    })
    return (references ?? []).map(({ browseName }) => browseName.name)
  }
  expect(await below('ObjectsFolder')).toEqual(expect.arrayContaining(names))
  const points = await below('ns=1;s=Hallenbad')
  expect(points).toEqual(
    expect.arrayContaining(['identity.firmware', 'identity.serial', 'outdoor', 'circuit1.flow', 'circuit1.pump', 'hotWater.comfort']),
  )
  const state = physics.state(0)
  const flow = await read(session, 'Hallenbad', 'circuit1.flow')
  expect(flow.value).toMatchObject({ dataType: DataType.Double })
  expect(flow.value.value).toBeCloseTo(state.heating.flow ?? Number.NaN, 0)
  expect(flow.sourceTimestamp?.getTime()).toBe(physics.now)
  expect((await read(session, 'Hallenbad', 'circuit1.pump')).value).toMatchObject({ dataType: DataType.Boolean, value: state.heating.on })
  expect((await read(session, 'Hallenbad', 'meter1.energy')).value.value).toBeCloseTo(state.meter.energy, -1)
  expect((await read(session, 'Hotel am Markt', 'identity.serial')).value).toMatchObject({ dataType: DataType.String, value: '70002' })
  const path = await session.translateBrowsePath({
    startingNode: nodeId('Hallenbad', 'circuit1.flow'),
    relativePath: { elements: [{ referenceTypeId: 'i=46', targetName: { name: 'EngineeringUnits' } }] },
  })
  const units = await session.read({ nodeId: path.targets?.[0]?.targetId ?? '', attributeId: AttributeIds.Value })
  expect(units.value.value).toMatchObject({ unitId: 4_408_652, displayName: { text: '°C' } })
})

test('a setting that is written acts on the heating, and one that may not be is refused', async () => {
  const { server, physics, run } = await town()
  const session = await clientOf(server.port)
  const before = physics.state(0).heating.reference
  expect(await write(session, 'Hallenbad', 'circuit1.slope', DataType.Double, 2.4)).toBe(StatusCodes.Good)
  expect((await read(session, 'Hallenbad', 'circuit1.slope')).value.value).toBe(2.4)
  run(10)
  expect(physics.state(0).heating.reference).toBeGreaterThan(before + 5)
  expect((await read(session, 'Hotel am Markt', 'circuit1.slope')).value.value).not.toBe(2.4)
  expect(await write(session, 'Hallenbad', 'circuit1.slope', DataType.Double, 99)).toBe(StatusCodes.BadOutOfRange)
  expect((await read(session, 'Hallenbad', 'circuit1.slope')).value.value).toBe(2.4)
  expect((await write(session, 'Hallenbad', 'circuit1.flow', DataType.Double, 20)).isGood()).toBe(false)
})

test('a client that asked for it is told when a value changes', async () => {
  const { server, run } = await town()
  const session = await clientOf(server.port)
  const subscription = await session.createSubscription2({ requestedPublishingInterval: 200, publishingEnabled: true })
  const item = ClientMonitoredItem.create(
    subscription,
    { nodeId: nodeId('Hallenbad', 'circuit1.flow'), attributeId: AttributeIds.Value },
    { samplingInterval: 200, queueSize: 5 },
    TimestampsToReturn.Both,
  )
  const seen: number[] = []
  item.on('changed', (value: DataValue) => seen.push(Number(value.value.value)))
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(1)
  await write(session, 'Hallenbad', 'circuit1.slope', DataType.Double, 2.4)
  run(15)
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBeGreaterThan(1)
  expect(Math.abs((seen.at(-1) ?? 0) - (seen[0] ?? 0))).toBeGreaterThan(2)
})

test('a sensor that is broken, a station that is gone and one that is frozen each say so in their own way', async () => {
  const { server, physics, run, controllers } = await town()
  const session = await clientOf(server.port)
  const at = { station: 'Hallenbad', flow: 'circuit1.flow' }
  physics.hurt({ id: 'f1', kind: 'flowSensorBroken', target: 'Hallenbad', params: {}, from: noon, to: null })
  run(1)
  expect((await read(session, at.station, at.flow)).statusCode).toBe(StatusCodes.BadSensorFailure)
  expect((await read(session, at.station, 'circuit1.return')).statusCode).toBe(StatusCodes.Good)

  server.contact(0, { ...good, offline: true })
  expect((await read(session, at.station, 'circuit1.return')).statusCode).toBe(StatusCodes.BadNoCommunication)
  expect((await read(session, at.station, 'identity.firmware')).statusCode).toBe(StatusCodes.BadNoCommunication)
  expect(await write(session, at.station, 'circuit1.slope', DataType.Double, 2)).toBe(StatusCodes.BadNoCommunication)
  expect((await read(session, 'Hotel am Markt', at.flow)).statusCode).toBe(StatusCodes.Good)

  server.contact(0, { ...good, frozen: true })
  const held = async () => (await read(session, at.station, 'meter1.energy')).value.value as number
  const before = await held()
  run(600)
  expect(await held()).toBe(before)
  server.contact(0, good)
  expect(await held()).toBeGreaterThan(before)
  expect(controllers).toHaveLength(2)
})

test('the way in is encrypted for whoever wants it, with the same certificate whenever the town opens', async () => {
  const first = await town()
  const session = await clientOf(first.server.port, true)
  expect((await read(session, 'Hallenbad', 'identity.firmware')).value.value).toBe('R9.4')
  const second = await town({ identity: first.server.identity })
  expect(second.server.identity).toEqual(first.server.identity)
  const again = await clientOf(second.server.port, true)
  expect((await read(again, 'Hallenbad', 'identity.firmware')).statusCode).toBe(StatusCodes.Good)
})

test('a port that is taken is said', async () => {
  const { server } = await town()
  await expect(town({ port: server.port })).rejects.toThrow(/EADDRINUSE|in use/)
})

/** What the wizard saves once its points are mapped. */
const document = mappedDocument('Stations of the town', {
  'identity.firmware': { from: pointStep('identity.firmware'), role: 'identity' },
  'circuit1.flow': { from: pointStep('circuit1.flow'), role: 'measure', is: 'temperature' },
  'circuit1.return': { from: pointStep('circuit1.return'), role: 'measure', is: 'temperature' },
  'circuit1.pump': { from: pointStep('circuit1.pump'), role: 'state', is: 'state' },
  'circuit1.comfort': {
    from: pointStep('circuit1.comfort'),
    role: 'setting',
    is: 'temperature',
    write: { min: 10, max: 30, level: 'basic' },
  },
})

test('a station is browsed, mapped, added, read and set by the product as any other OPC UA device', async () => {
  const { server, physics } = await town()
  // 20 s into a quarter hour, when what is measured is still to be stored.
  const ahead = quarterHour - (Date.now() % quarterHour) + 20_000
  const { call } = await startWorld({ clock: () => Date.now() + ahead })
  const at = { host: '127.0.0.1', port: server.port, endpoint: { path: townPath, policy: 'None', mode: 'None' } } as const
  const offers = await call('opcua.endpoints', { host: at.host, port: at.port, path: townPath })
  expect(offers.map(({ policy, mode }) => [policy, mode])).toEqual([
    ['None', 'None'],
    ['Basic256Sha256', 'Sign'],
    ['Basic256Sha256', 'SignAndEncrypt'],
  ])
  const { nodes } = await call('opcua.browse', at)
  expect(nodes.find(({ name }) => name === 'Hallenbad')?.node).toBe(stationNode('Hallenbad'))
  const below = await call('opcua.browse', { ...at, node: stationNode('Hallenbad') })
  expect(below.nodes.find(({ step }) => step === pointStep('circuit1.comfort'))?.holds).toMatchObject({ writable: true, quality: 'good' })
  const saved = await call('profiles.save', { name: 'Town', document })
  const device = await call('devices.add', {
    ...at,
    way: 'opcua',
    unit: 0,
    profile: saved.profile,
    name: 'Hallenbad',
    member: stationNode('Hallenbad'),
  })
  expect(device.identity.firmware).toBe('9.4')
  const { points } = await call('devices.get', { id: device.id })
  const series = points.find(({ id }) => id === 'circuit1.flow')?.series ?? -1
  await expect
    .poll(async () => (await call('acquisition.latest', { series: [series] }))[0], { timeout: 20_000 })
    .toMatchObject({ quality: 'good', value: expect.closeTo(physics.state(0).heating.flow ?? Number.NaN, 0) })
  const { comfort } = physics.state(0).settings.heating
  const outcome = await call('devices.write', { id: device.id, point: 'circuit1.comfort', value: comfort + 1, expect: comfort })
  expect(outcome).toMatchObject({ outcome: 'done', found: comfort + 1 })
  expect(physics.state(0).settings.heating.comfort).toBe(comfort + 1)

  server.contact(0, { ...good, offline: true })
  expect(await call('acquisition.tryNow', { device: device.id })).toMatchObject({
    state: 'offline',
    failure: { code: 'opcua.memberSilent' },
  })
})

test('stations of every family show what their controllers hold', async () => {
  for (const id of ['samson/trovis-5573', 'danfoss/ecl220-p266', 'danfoss/ecl310-a247.1']) {
    const profile = shippedProfiles().find((one) => one.id === id)
    if (!profile) throw new Error(`no profile ${id}`)
    const physics = createPhysics({
      climate: coastalClimate,
      latitude: 51,
      houses: [{ name: id, seed: 9 }],
      network: { pipes: [{ id: 'n1', parent: -1, length: 100, diameter: 0.1, loss: 0.2 }], stations: [0] },
      start: noon,
    })
    const station = plainStation({ name: id, profile, seed: 9 })
    const bank = new Controller({ station, model: modelOf(profile), physics, index: 0, zone: localTime(coastalClimate.timeZone) })
    const server = await openOpcuaServer({
      stations: [{ name: 'Any', profile, bank, state: () => physics.state(0) }],
      clock: () => physics.now,
      host: '127.0.0.1',
      port: 0,
    })
    onTestFinished(() => server.close())
    const session = await clientOf(server.port)
    for (const point of ['outdoor', 'circuit1.flow', 'circuit1.return', 'meter1.power'])
      expect([id, point, (await read(session, 'Any', point)).statusCode]).toEqual([id, point, StatusCodes.Good])
  }
})

test('node ids are those that profiles keep', () => {
  expect(stationNode('Hallenbad')).toBe(`nsu=${townNamespace};s=Hallenbad`)
  expect(pointStep('circuit1.flow')).toBe(`/nsu=${townNamespace};circuit1.flow`)
})
