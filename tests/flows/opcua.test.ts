import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Template } from '#shared/opcua/template.ts'
import { DataType, mappedDocument, namespaceUri, startOpcua, StatusCodes } from './opcua-world.ts'
import { newFolder, startWorld } from './world.ts'

const secure = { path: '/stations', policy: 'Basic256Sha256', mode: 'SignAndEncrypt', user: 'anna' } as const
const stations = ['Station1', 'Station2'].flatMap((name) => [
  { path: `${name}/Flow`, type: DataType.Double, value: 61.5 },
  { path: `${name}/Return`, type: DataType.Double, value: 41.5 },
  { path: `${name}/Comfort`, type: DataType.Float, value: 21, writable: true },
  { path: `${name}/Firmware`, type: DataType.String, value: name === 'Station1' ? 'R9' : 'R8' },
])
const step = (name: string) => `/nsu=${namespaceUri};${name}`
const base = (name: string) => `nsu=${namespaceUri};s=${name}`

/** What the wizard saves: the points of a station, relative to its base node. */
const document = mappedDocument('Stations of this town', {
  'identity.firmware': { from: step('Firmware'), role: 'identity' },
  'circuit1.flow': { from: step('Flow'), role: 'measure', is: 'temperature' },
  'circuit1.return': { from: step('Return'), role: 'measure', is: 'temperature' },
  'circuit1.comfort': { from: step('Comfort'), role: 'setting', is: 'temperature', write: { min: 10, max: 30, level: 'basic' } },
})

test('a server is looked into, trusted, mapped and read, and a controller with old firmware is refused', async () => {
  const server = await startOpcua({ nodes: stations, secure: true, users: { anna: 'sehr geheim' } })
  const folder = newFolder()
  const { call } = await startWorld({ folder })
  const at = { host: '127.0.0.1', port: server.port }
  const login = { ...at, endpoint: secure, secret: 'sehr geheim' }

  const offers = await call('opcua.endpoints', { ...at, path: '/stations' })
  const offer = offers.find(({ policy, mode }) => policy === 'Basic256Sha256' && mode === 'SignAndEncrypt')
  expect(offer).toMatchObject({ worth: 'strong', trust: 'no', server: 'Stations' })
  await expect(call('opcua.browse', login)).rejects.toMatchObject({ code: 'opcua.certificateUntrusted' })
  await expect(call('opcua.trust', { ...at, sha256: 'A'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' })
  await call('opcua.trust', { ...at, sha256: offer?.certificate?.sha256 ?? '' })
  expect(await call('opcua.trusted', {})).toMatchObject([{ host: '127.0.0.1', thumbprint: offer?.certificate?.thumbprint }])

  const { nodes } = await call('opcua.browse', login)
  expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['Station1', 'Station2', 'Server']))
  const below = await call('opcua.browse', { ...login, node: base('Station1') })
  expect(below.nodes.find(({ name }) => name === 'Comfort')).toMatchObject({
    class: 'variable',
    step: step('Comfort'),
    holds: { value: 21, type: 'Float', writable: true, quality: 'good' },
  })
  const read = await call('opcua.read', { ...login, member: base('Station1'), nodes: [step('Flow'), step('Nothing')] })
  expect(read).toMatchObject([{ value: 61.5, writable: false }, null])

  const saved = await call('profiles.save', { name: 'Stations', document })
  const device = { ...login, way: 'opcua', unit: 0, profile: saved.profile } as const
  await expect(call('devices.add', { ...device, name: 'Old', member: base('Station2') })).rejects.toMatchObject({
    code: 'device.firmwareTooOld',
    params: { found: '8', needed: '9.0' },
  })
  const added = await call('devices.add', { ...device, name: 'New', member: base('Station1') })
  expect(added.identity.firmware).toBe('9')
  const { points } = await call('devices.get', { id: added.id })
  const series = points.find(({ id }) => id === 'circuit1.comfort')?.series ?? 0
  await vi.waitFor(async () => expect((await call('devices.list', {}))[0]?.contact.state).toBe('online'), 20_000)

  expect(await call('devices.write', { id: added.id, point: 'circuit1.comfort', value: 22.5, expect: 21 })).toMatchObject({
    outcome: 'done',
    found: 22.5,
  })
  await expect(call('devices.write', { id: added.id, point: 'circuit1.comfort', value: 23, expect: 21 })).rejects.toMatchObject({
    code: 'write.conflict',
  })
  expect(server.written).toEqual([{ path: 'Station1/Comfort', value: 22.5 }])
  expect(await call('acquisition.latest', { series: [series] })).toMatchObject([{ value: 22.5, quality: 'good' }])

  const told = JSON.stringify([await call('devices.list', {}), await call('audit.list', {}), await call('opcua.trusted', {})])
  expect(told).toContain('opcua.trust')
  expect(told).not.toContain('sehr geheim')
  for (const file of readdirSync(join(folder, 'log'))) expect(readFileSync(join(folder, 'log', file), 'utf8')).not.toContain('sehr geheim')

  await call('opcua.distrust', at)
  expect(await call('opcua.trusted', {})).toEqual([])
})

test('two stations behind one server have a contact of their own', async () => {
  const server = await startOpcua({ nodes: stations })
  const { call } = await startWorld()
  const { requires: _, ...rest } = document
  const saved = await call('profiles.save', { name: 'Any', document: rest })
  const add = (name: string) =>
    call('devices.add', {
      host: '127.0.0.1',
      port: server.port,
      unit: 0,
      way: 'opcua',
      endpoint: { path: '/stations', policy: 'None', mode: 'None' },
      profile: saved.profile,
      name,
      member: base(name),
    })
  const [first, second] = [await add('Station1'), await add('Station2')]
  const states = async () => new Map((await call('devices.list', {})).map(({ id, contact }) => [id, contact]))
  await vi.waitFor(async () => expect([...(await states()).values()].map(({ state }) => state)).toEqual(['online', 'online']), 20_000)
  for (const name of ['Flow', 'Return', 'Comfort', 'Firmware']) server.set(`Station1/${name}`, null, StatusCodes.BadNotConnected)
  expect(await call('acquisition.tryNow', { device: first.id })).toMatchObject({
    state: 'offline',
    failure: { code: 'opcua.memberSilent' },
  })
  expect(await call('acquisition.tryNow', { device: second.id })).toMatchObject({ state: 'online' })
})

test('the controller without a published list is offered as a template of known points', async () => {
  const { call } = await startWorld()
  const templates: Template[] = await call('opcua.templates', {})
  const points = new Map((await call('opcua.points', {})).map(({ id, is }) => [id, is]))
  const template = templates.find(({ id }) => id === 'nopro/opr0020')
  expect(template?.requires).toEqual({ 'identity.firmware': { min: '9.0' } })
  for (const { id, is } of template?.points ?? []) expect(points.get(id)).toBe(is)
  for (const id of Object.keys(template?.requires ?? {})) expect(template?.points.find((point) => point.id === id)?.needed).toBe(true)
  expect((await call('opcua.own', {})).pem).toContain('BEGIN CERTIFICATE')
})

test('a server that went away and came back is read again by itself', async () => {
  const server = await startOpcua({ nodes: stations })
  const { call } = await startWorld()
  const { requires: _, ...rest } = document
  const saved = await call('profiles.save', { name: 'Again', document: rest })
  await call('devices.add', {
    host: '127.0.0.1',
    port: server.port,
    unit: 0,
    way: 'opcua',
    endpoint: { path: '/stations', policy: 'None', mode: 'None' },
    profile: saved.profile,
    name: 'Station',
    member: base('Station1'),
  })
  const contact = async () => (await call('devices.list', {}))[0]?.contact
  await vi.waitFor(async () => expect((await contact())?.state).toBe('online'), 20_000)
  await server.stop()
  await vi.waitFor(async () => expect((await contact())?.state).toBe('offline'), 20_000)
  await startOpcua({ nodes: stations, port: server.port })
  await vi.waitFor(async () => expect((await contact())?.state).toBe('online'), { timeout: 40_000, interval: 500 })
})
