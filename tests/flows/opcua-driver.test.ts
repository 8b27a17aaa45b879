import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Address } from '#shared/acquisition/port.ts'
import { flatten } from '#shared/devices/flatten.ts'
import { profileSchema, type Point } from '#shared/devices/profile.ts'
import { Failure } from '#shared/failures.ts'
import { qualities } from '#shared/reading.ts'
import { discover } from '../../src-worker/acquisition/drivers/opcua/discover.ts'
import { OpcuaDriver } from '../../src-worker/acquisition/drivers/opcua/driver.ts'
import { DataType, freePort, namespaceUri, newFolder, startOpcua, StatusCodes, trust } from './opcua-world.ts'

type Plan = Record<string, { from: string; role?: string; is?: string; scale?: number; write?: unknown }>

/** Points of a profile as the worker gets them. */
export function pointsOf(plan: Plan): readonly Point[] {
  const points = Object.fromEntries(Object.entries(plan).map(([id, point]) => [id, { role: 'measure', ...point }]))
  return flatten(
    'test/stations',
    profileSchema.parse({
      maker: 'Test',
      model: 'Stations',
      title: 'Stations',
      source: 'made for this test',
      proven: 'unverified',
      protocol: 'opcua',
      firstRegister: 0,
      limits: { block: 1, gap: 0, functions: [] },
      detect: {},
      points,
      key: [],
      samples: [],
    }),
    new Map(),
  ).points
}

function driverFor(port: number, more: Partial<Address> & { secret?: string; folder?: string; clock?: () => number } = {}) {
  const { secret, folder = newFolder(), clock = Date.now, ...rest } = more
  const address: Address = {
    host: '127.0.0.1',
    port,
    unit: 0,
    way: 'opcua',
    endpoint: { path: '/stations', policy: 'None', mode: 'None' },
    ...rest,
  }
  const closed: unknown[] = []
  const driver = new OpcuaDriver({
    host: address.host,
    port,
    address,
    secret,
    folder,
    clock,
    connectMs: 5000,
    answerMs: 5000,
    onClose: (failure) => closed.push(failure),
  })
  return { driver, closed, folder }
}

const qualityOf = (index: number | undefined) => qualities[index ?? -1]

test('values of every type come with their quality, by node id and by browse path', async () => {
  const world = await startOpcua({
    nodes: [
      { path: 'Station1/Flow', type: DataType.Float, value: 61.8 },
      { path: 'Station1/Return', type: DataType.Double, value: 41.25 },
      { path: 'Station1/Pump', type: DataType.Boolean, value: true },
      { path: 'Station1/Energy', type: DataType.UInt64, value: [2, 1000] },
      { path: 'Station1/Name', type: DataType.String, value: 'R9.2' },
      { path: 'Station1/List', type: DataType.Double, value: [1, 2, 3], array: true },
    ],
  })
  const { driver, folder } = driverFor(world.port)
  await driver.open()
  const points = pointsOf({
    flow: { from: 'ns=1;s=Station1/Flow', is: 'temperature' },
    return: { from: `/nsu=${namespaceUri};Return`, is: 'temperature' },
    pump: { from: '/1:Pump', role: 'state', is: 'state' },
    energy: { from: `nsu=${namespaceUri};s=Station1/Energy`, is: 'energy', scale: 0.001 },
    firmware: { from: '/1:Name', role: 'identity' },
    list: { from: '/1:List' },
    gone: { from: '/1:Nothing' },
    nonsense: { from: 'hello' },
  })
  const target = { unit: 0, member: `nsu=${namespaceUri};s=Station1` }
  const values = await driver.readValues(target, points)
  expect([...values.value]).toEqual([61.8, 41.25, 1, 8589935.592, 9.2, Number.NaN, Number.NaN, Number.NaN])
  expect([...values.quality].map(qualityOf)).toEqual(['good', 'good', 'good', 'good', 'good', 'fault', 'fault', 'fault'])
  expect(values.at?.[0]).toBe(0)
  const changed = new Date()
  world.set('Station1/Flow', 62, StatusCodes.Good, changed)
  expect((await driver.readValues(target, points)).at?.[0]).toBe(changed.getTime())
  expect((await driver.readValues(target, points)).at?.[0]).toBe(0)
  driver.close()
  expect(statSync(join(folder, 'own', 'private-key.pem')).mode & 0o077).toBe(0)
})

const security = { path: '/stations', policy: 'Basic256Sha256', mode: 'SignAndEncrypt' } as const
const one = [{ path: 'Station1/Flow', type: DataType.Double, value: 60 }]
const flow = pointsOf({ flow: { from: 'ns=1;s=Station1/Flow', is: 'temperature' } })
const station = { unit: 0 }

test('a certificate is used only when a person trusted it, and no more when another one is shown', async () => {
  const world = await startOpcua({ nodes: one, secure: true })
  const { driver, folder } = driverFor(world.port, { endpoint: security })
  const shown = new X509Certificate(world.certificate()).fingerprint.replaceAll(':', '')
  await expect(driver.open()).rejects.toMatchObject({ code: 'opcua.certificateUntrusted', params: { thumbprint: shown } })

  trust(folder, world.port, world.certificate())
  const trusting = driverFor(world.port, { endpoint: security, folder })
  await trusting.driver.open()
  expect([...(await trusting.driver.readValues(station, flow)).value]).toEqual([60])
  let now = Date.now()
  const watched = driverFor(world.port, { endpoint: security, folder, clock: () => now })
  await watched.driver.open()
  await watched.driver.readValues(station, flow)
  writeFileSync(join(folder, 'trusted.json'), '[]')
  now += 60_000
  await expect(watched.driver.readValues(station, flow)).rejects.toMatchObject({ code: 'opcua.certificateUntrusted' })
  expect(watched.closed).toMatchObject([{ code: 'opcua.certificateUntrusted' }])
  trust(folder, world.port, world.certificate())
  await world.stop()
  await vi.waitFor(() => expect(trusting.closed).toHaveLength(1), 10_000)

  const other = await startOpcua({ nodes: one, secure: true, port: world.port })
  const again = driverFor(other.port, { endpoint: security, folder })
  await expect(again.driver.open()).rejects.toMatchObject({ code: 'opcua.certificateChanged', params: { before: shown } })
})

test('a user is let in by the password only, and a broken policy is never used', async () => {
  const world = await startOpcua({ nodes: one, secure: true, users: { anna: 'geheim' } })
  const folder = newFolder()
  trust(folder, world.port, world.certificate())
  const open = (user: string | undefined, secret: string | undefined, endpoint: Record<string, unknown> = security) => {
    const made = driverFor(world.port, {
      endpoint: { ...endpoint, ...(user ? { user } : {}) } as never,
      folder,
      ...(secret ? { secret } : {}),
    })
    onTestFinished(() => made.driver.close())
    return made.driver.open()
  }
  await open('anna', 'geheim')
  await expect(open('anna', 'falsch')).rejects.toMatchObject({ code: 'opcua.accessDenied', params: { user: 'anna' } })
  await expect(open(undefined, undefined)).rejects.toMatchObject({ code: 'opcua.accessDenied' })
  await expect(open('anna', 'geheim', { ...security, policy: 'Basic128Rsa15' })).rejects.toMatchObject({ code: 'opcua.policyRefused' })
  await expect(open('anna', 'geheim', { ...security, policy: 'Aes256_Sha256_RsaPss' })).rejects.toMatchObject({
    code: 'opcua.policyRefused',
    params: { offered: 'None/None, Basic256Sha256/Sign, Basic256Sha256/SignAndEncrypt' },
  })
})

test('Basic128Rsa15 is shown as refused among what a server offers', async () => {
  const world = await startOpcua({ nodes: one, secure: true, policies: ['None', 'Basic128Rsa15', 'Basic256', 'Basic256Sha256'] })
  const offers = await discover(
    { host: '127.0.0.1', port: world.port, path: '', folder: newFolder(), now: Date.now() },
    { connectMs: 5000, answerMs: 5000 },
  )
  const worth = Object.fromEntries(offers.map((offer) => [offer.policy, offer.worth]))
  expect(worth).toEqual({ None: 'none', Basic128Rsa15: 'refused', Basic256: 'old', Basic256Sha256: 'strong' })
})

test('one device behind a server can be lost while its neighbour goes on', async () => {
  const world = await startOpcua({
    nodes: ['Station1', 'Station2'].flatMap((name) => [
      { path: `${name}/Flow`, type: DataType.Double, value: 60 },
      { path: `${name}/Return`, type: DataType.Double, value: 40 },
    ]),
  })
  const { driver } = driverFor(world.port)
  onTestFinished(() => driver.close())
  await driver.open()
  const points = pointsOf({ flow: { from: '/1:Flow', is: 'temperature' }, return: { from: '/1:Return', is: 'temperature' } })
  const read = (name: string) => driver.readValues({ unit: 0, member: `ns=1;s=${name}` }, points)
  for (const path of ['Station1/Flow', 'Station1/Return']) world.set(path, null, StatusCodes.BadNoCommunication)
  world.set('Station2/Return', 40, StatusCodes.BadSensorFailure)
  await expect(read('Station1')).rejects.toMatchObject({ code: 'opcua.memberSilent', params: { node: 'ns=1;s=Station1' } })
  const values = await read('Station2')
  expect([...values.value]).toEqual([60, Number.NaN])
  expect([...values.quality].map(qualityOf)).toEqual(['good', 'fault'])
  await expect(read('Station9')).rejects.toMatchObject({ code: 'opcua.nodeMissing' })
  const named = [
    [StatusCodes.UncertainLastUsableValue, 'stale'],
    [StatusCodes.UncertainSubstituteValue, 'substituted'],
    [StatusCodes.UncertainSensorNotAccurate, 'fault'],
    [StatusCodes.GoodLocalOverride, 'manual'],
    [StatusCodes.BadNotConnected, 'offline'],
  ] as const
  for (const [status, quality] of named) {
    world.set('Station2/Return', 40, status)
    expect(qualityOf((await read('Station2')).quality[1])).toBe(quality)
  }
})

test('what is watched is told by the server, and what is written is read anew', async () => {
  const world = await startOpcua({
    nodes: [
      { path: 'S/Flow', type: DataType.Double, value: 60 },
      { path: 'S/Pump', type: DataType.Boolean, value: false },
      { path: 'S/Comfort', type: DataType.Float, value: 20.5, writable: true },
      { path: 'S/Small', type: DataType.SByte, value: 1, writable: true },
      { path: 'S/Locked', type: DataType.Double, value: 5 },
    ],
  })
  const { driver } = driverFor(world.port)
  onTestFinished(() => driver.close())
  await driver.open()
  const write = { min: 0, max: 1000, level: 'full' }
  const points = pointsOf({
    flow: { from: 'ns=1;s=S/Flow', is: 'temperature' },
    pump: { from: 'ns=1;s=S/Pump', role: 'state', is: 'state' },
    comfort: { from: 'ns=1;s=S/Comfort', role: 'setting', is: 'temperature', write },
    small: { from: 'ns=1;s=S/Small', role: 'setting', write },
    locked: { from: 'ns=1;s=S/Locked', role: 'setting', write },
  })
  const watch = async () => [...(await driver.readValues(station, points, 'watched')).value]
  expect(await watch()).toEqual([60, 0, 20.5, 1, 5])
  await watch()
  await vi.waitFor(() => expect(driver.told).toBe(5), { timeout: 15_000, interval: 100 })
  world.set('S/Flow', 61)
  world.set('S/Pump', true)
  await vi.waitFor(async () => expect((await watch()).slice(0, 2)).toEqual([61, 1]), { timeout: 15_000, interval: 100 })
  const [comfort, small, locked] = points.slice(2)
  if (!comfort || !small || !locked) throw new Error('points')
  await driver.writeValue(station, comfort, 21.3)
  expect((await watch())[2]).toBe(21.3)
  expect(world.written).toEqual([{ path: 'S/Comfort', value: Math.fround(21.3) }])
  await expect(driver.writeValue(station, small, 200)).rejects.toMatchObject({
    code: 'opcua.writeRefused',
    params: { status: 'BadTypeMismatch' },
  })
  await expect(driver.writeValue(station, locked, 6)).rejects.toMatchObject({ code: 'opcua.writeRefused' })
  expect(world.written).toHaveLength(1)
})

test('many nodes come in few requests, and a server with a low limit is asked for fewer at a time', async () => {
  const nodes = Array.from({ length: 300 }, (_, i) => ({ path: `Many/N${i}`, type: DataType.Double, value: i }))
  const world = await startOpcua({ nodes, extra: { serverCapabilities: { operationLimits: { maxNodesPerRead: 100 } } as never } })
  const { driver } = driverFor(world.port)
  onTestFinished(() => driver.close())
  await driver.open()
  const points = pointsOf(Object.fromEntries(nodes.map(({ path }, i) => [`n${i}`, { from: `ns=1;s=${path}` }])))
  const values = await driver.readValues(station, points)
  expect([...values.value]).toEqual(nodes.map(({ value }) => value))
})

test('nobody there, a silent one and one that speaks something else are told apart', async () => {
  const port = await freePort()
  await expect(driverFor(port).driver.open()).rejects.toMatchObject({ code: 'device.refused' })
  await expect(driverFor(4840, { host: 'nothing.invalid' }).driver.open()).rejects.toMatchObject({ code: 'device.nameUnknown' })
  const talker = await listener((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(50)))
  await expect(driverFor(talker).driver.open()).rejects.toBeInstanceOf(Failure)
  const mute = await listener(() => undefined)
  await expect(driverFor(mute).driver.open()).rejects.toMatchObject({ code: expect.stringMatching(/device\.(silent|unreachable)/) })
})

/** A program on the loopback that is no OPC UA server. */
async function listener(greet: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    greet(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

test('a certificate signs in, our own or one that a person has, and half of one does not', async () => {
  const world = await startOpcua({ nodes: one, secure: true, users: {} })
  const folder = newFolder()
  trust(folder, world.port, world.certificate())
  const endpoint = { ...security, identity: 'certificate' } as const
  const open = async (secret?: string) => {
    const { driver } = driverFor(world.port, { endpoint, folder, ...(secret === undefined ? {} : { secret }) })
    onTestFinished(() => driver.close())
    await driver.open()
    return [...(await driver.readValues(station, flow)).value]
  }
  expect(await open()).toEqual([60])
  const der = readFileSync(join(folder, 'own', 'certificate.der'))
  const certificate = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
  expect(await open(certificate + readFileSync(join(folder, 'own', 'private-key.pem'), 'utf8'))).toEqual([60])
  await expect(open(certificate)).rejects.toMatchObject({ code: 'input.invalid' })
})
