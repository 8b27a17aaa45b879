import { expect, test } from 'vitest'
import { toBatch } from '#shared/reading.ts'
import { Plant, type PlantDevice } from '../../src-main/plant.ts'
import { createPointQuestions } from '../../src-main/devices/points.ts'
import { findLayout } from '../../src-main/layout.ts'
import { Latest } from '../../src-main/latest.ts'
import type { Host } from '../../src-main/capability.ts'
import { eventually, listen, profiles, startControllers, startWorld } from './world.ts'

async function plant() {
  const { ports } = await startControllers([{}, {}])
  const world = await startWorld()
  const add = (port: number | undefined, name: string, place: string, tags: string[]) =>
    world.call('devices.add', { host: '127.0.0.1', port: port ?? 0, unit: 1, name, place, tags, simulated: true })
  const school = await add(ports[0], 'School', 'Mill Lane 2', ['north', 'big'])
  const baths = await add(ports[1], 'Baths', 'Station Road 10', ['south'])
  return { ...world, school, baths }
}

test('points are found by device, place, tag and name in any language', { timeout: 60_000 }, async () => {
  const { call, school, baths } = await plant()
  const ids = async (input: Parameters<typeof call<'devices.points'>>[1]) =>
    (await call('devices.points', input)).points.map(({ device, point }) => `${device === school.id ? 'school' : 'baths'} ${point.id}`)

  expect(await ids({ search: 'mill flow temperature circuit 1', role: ['measure'] })).toContain('school circuit1.flow')
  expect(await ids({ search: 'vorlauftemperatur kreis mill', role: ['measure'] })).toContain('school circuit1.flow')
  expect(await ids({ search: 'south', point: ['circuit1.flow'] })).toEqual(['baths circuit1.flow'])
  expect(await ids({ search: 'no such house' })).toEqual([])
  expect(await ids({ point: ['circuit1.flow'] })).toEqual(['baths circuit1.flow', 'school circuit1.flow'])
  expect(await ids({ point: ['circuit1.flow'], tag: ['north', 'big'] })).toEqual(['school circuit1.flow'])
  expect(await ids({ point: ['circuit1.flow'], tag: ['north', 'south'] })).toEqual([])
  expect(await ids({ point: ['circuit1.flow'], is: ['pressure'] })).toEqual([])
  expect(await ids({ point: ['circuit1.flow'], devices: [baths.id] })).toEqual(['baths circuit1.flow'])

  const page = await call('devices.points', { limit: 3 })
  expect(page.points).toHaveLength(3)
  expect(page.total).toBeGreaterThan(100)
})

test('series numbers bring back their points in the order asked, without those that are gone', { timeout: 60_000 }, async () => {
  const { call, school, baths } = await plant()
  const [one, two] = (await call('devices.points', { point: ['circuit1.flow'] })).points.map(({ point }) => point.series)
  if (one === undefined || two === undefined) throw new Error('no flow temperatures')
  const asked = await call('devices.points', { series: [two, 999_999, one, two] })
  expect(asked.points.map(({ device, point }) => [device, point.series])).toEqual([
    [school.id, two],
    [baths.id, one],
  ])
  await call('devices.remove', { id: baths.id })
  expect((await call('devices.points', { series: [two, one] })).points.map(({ point }) => point.series)).toEqual([two])
})

test('the same points of all devices stand side by side with what was read last', { timeout: 60_000 }, async () => {
  const { call, school, baths, serving, token } = await plant()
  const { kinds } = await call('devices.pointKinds', { search: 'flow', role: ['measure'] })
  expect(kinds.find(({ id }) => id === 'circuit1.flow')).toMatchObject({ devices: 2, is: 'temperature', unit: '°C' })
  const socket = await listen(serving, token)
  socket.watch((await call('devices.points', { point: ['circuit1.flow', 'outdoor'] })).points.map(({ point }) => point.series))
  const across = await eventually(
    () => call('devices.pointsAcross', { point: ['circuit1.flow', 'no.such', 'outdoor'] }),
    ({ rows }) => rows.every(({ at }) => at[0] !== 0 && at[2] !== 0),
  )
  expect(across.rows.map(({ device }) => device).sort()).toEqual([school.id, baths.id].sort())
  const [row] = across.rows
  expect(row?.series[1]).toBeNull()
  expect(row?.shape[1]).toBe(-1)
  expect(across.shapes[row?.shape[0] ?? -1]).toMatchObject({ id: 'circuit1.flow', unit: '°C', decimals: 1 })
  expect(row?.value[0]).toEqual(expect.any(Number))
  const owner = await call('devices.points', { series: [row?.series[2] ?? 0] })
  expect(owner.points[0]).toMatchObject({ device: row?.device, point: { id: 'outdoor' } })
})

test('fifty thousand points answer whole, and only as many as were asked for', async () => {
  const plant = new Plant()
  const profile = profiles.find(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('the profile is missing')
  const count = Math.ceil(50_000 / profile.points.length)
  for (let i = 0; i < count; i++) {
    const series = profile.points.map((_point, k) => i * profile.points.length + k + 1)
    const device = { id: `d${i}`, name: `House ${i}`, place: 'Long Street', tags: [], profile, series, unserved: [] }
    plant.put(device as unknown as PlantDevice)
  }
  const layout = findLayout(new URL('../../src-main/serve.ts', import.meta.url).href)
  const { points, pointsAcross } = createPointQuestions({ plant, latest: new Latest(), layout } as unknown as Host)
  const context = { actor: null }
  const all = await points({ limit: 200 }, context)
  expect([all.points.length, all.total]).toEqual([200, count * profile.points.length])
  const flows = await points({ search: 'vorlauftemperatur kreis house long', point: ['circuit1.flow'], limit: 5000 }, context)
  expect([flows.points.length, flows.total]).toEqual([count, count])
  expect(flows.points.map(({ deviceName }) => deviceName).slice(0, 3)).toEqual(['House 0', 'House 1', 'House 2'])
  expect((await pointsAcross({ point: ['circuit1.flow', 'outdoor'] }, context)).rows).toHaveLength(count)
})

test('the course of a day comes as hourly means, with holes where nothing was stored', async () => {
  const hour = 60 * 60_000
  const now = Date.UTC(2026, 10, 20, 12, 30)
  const world = await startWorld({ clock: () => now })
  const stored = (series: number, hoursAgo: number, value: number, quality: 'good' | 'stale' = 'good') =>
    [0, 10].map((minutes) => ({ series, at: now - hoursAgo * hour + minutes * 60_000, value: value + minutes / 10, quality }))
  const rows = [
    ...stored(1, 30, 99),
    ...stored(1, 23, 20),
    ...stored(1, 2, 30),
    ...stored(1, 1, 5, 'stale'),
    ...stored(1, 0, 40),
    ...stored(2, 3, 7),
  ]
  await world.serving.host.workers.history.call.append(toBatch(rows))
  const { from, everyMs, lines } = await world.call('history.sparks', { series: [2, 1, 3] })
  expect([from, everyMs]).toEqual([Date.UTC(2026, 10, 19, 13), hour])
  const meanOf = (series: number) => lines.find((line) => line.series === series)?.mean
  const sparse = (places: Record<number, number>) => Array.from({ length: 24 }, (_, i) => places[i] ?? null)
  expect(meanOf(1)).toEqual(sparse({ 0: 20.5, 21: 30.5, 23: 40.5 }))
  expect(meanOf(2)).toEqual(sparse({ 20: 7.5 }))
  expect(meanOf(3) ?? sparse({})).toEqual(sparse({}))
  await expect(world.call('history.sparks', { series: Array.from({ length: 801 }, (_, i) => i) })).rejects.toMatchObject({
    code: 'input.invalid',
  })
})
