import { expect, test } from 'vitest'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Address } from '#shared/acquisition/port.ts'
import { flatten } from '#shared/devices/flatten.ts'
import { profileSchema, type Point } from '#shared/devices/profile.ts'
import { qualities } from '#shared/reading.ts'
import { OpcuaDriver } from '../../src-worker/acquisition/drivers/opcua/driver.ts'
import { DataType, namespaceUri, newFolder, startOpcua, StatusCodes, trust } from './opcua-world.ts'

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

function driverFor(port: number, more: Partial<Address> & { secret?: string; folder?: string } = {}) {
  const { secret, folder = newFolder(), ...rest } = more
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
    clock: Date.now,
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
  expect(Math.abs((values.at?.[0] ?? 0) - Date.now())).toBeLessThan(10_000)
  driver.close()
  expect(statSync(join(folder, 'own', 'private-key.pem')).mode & 0o077).toBe(0)
})
