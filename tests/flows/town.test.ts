import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiBase } from '#shared/api.ts'
import { deviceNamed, pastStored, seriesOf, startTown, valueOf, type World } from './town-world.ts'
import { eventually, listen, newFolder, quarterHour } from './world.ts'

const dayMs = 24 * 3_600_000
const hourMs = 3_600_000
const house = 'Schule am Kloster'
const other = 'Haus am Berg'

test('live values join the past: no register falls, and none leaps', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 1 })
  const list = await world.call('devices.list', {})
  const devices = await Promise.all(list.map(({ id }) => world.call('devices.get', { id })))
  const point = ({ points }: (typeof devices)[number], id: string) => points.find((one) => one.served && one.id === id)
  const live = await listen(world.serving, world.token)
  live.watch(devices.flatMap((device) => ['meter1.energy', 'outdoor'].flatMap((id) => point(device, id)?.series ?? [])))
  const looked: { name: string; gaps: number; falls: number; joins: boolean }[] = []
  for (const device of devices) {
    const [energy, outdoor] = [point(device, 'meter1.energy'), point(device, 'outdoor')]
    if (!energy || !outdoor) continue
    const { name } = device
    const past = await pastStored(world, energy.series, Date.now() - dayMs - quarterHour, 96)
    const counted = past.value.filter((value) => value !== null)
    const shown = (id: string) =>
      eventually(
        () => valueOf(world, device, id),
        (value) => value !== null,
      )
    const now = await shown(energy.id)
    const last = counted.at(-1) ?? Number.NaN
    const { value } = await pastStored(world, outdoor.series, Date.now() - dayMs - quarterHour, 96)
    const warmer = ((await shown(outdoor.id)) ?? Number.NaN) - (value.at(-1) ?? Number.NaN)
    const rise = (now ?? Number.NaN) - last
    looked.push({
      name,
      gaps: past.value.length - counted.length,
      falls: counted.filter((one, i) => one < (counted[i - 1] ?? 0)).length,
      // No house of this town takes 1 MW.
      joins: rise >= 0 && rise < 1000 * 0.5 && Math.abs(warmer) < 5,
    })
  }
  expect(looked.length).toBeGreaterThan(20)
  expect(looked).toEqual(looked.map(({ name }) => ({ name, gaps: 0, falls: 0, joins: true })))
})

test('a setting written to a device acts on its house, as soon as its time has gone on', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 0 })
  const device = await deviceNamed(world, house)
  const [flow, reference, slope] = ['circuit1.flow', 'circuit1.flowReference', 'circuit1.slope'].map((point) => seriesOf(device, point))
  const live = await listen(world.serving, world.token)
  live.watch([flow ?? 0, reference ?? 0])
  const value = (series: number | undefined) => async () =>
    (await world.call('acquisition.latest', { series: [series ?? 0] }))[0]?.value ?? Number.NaN
  const before = await eventually(value(reference), (now) => now > 0)
  const settings = await world.call('devices.readSettings', { id: device.id })
  const expected = settings.find(({ series }) => series === slope)?.value ?? null
  const asked = { id: device.id, point: 'circuit1.slope', value: 2.4, expect: expected, confirm: true }
  expect(await world.call('devices.write', asked)).toMatchObject({ outcome: 'done', found: 2.4 })
  await eventually(value(reference), (now) => now > before + 3)

  const { now } = await world.call('simulator.jump', { hours: 2 })
  const status = await world.call('simulator.status', {})
  expect(status.now).toBeGreaterThanOrEqual(now)
  expect(status.ahead).toBeGreaterThan(1.9 * hourMs)
  await eventually(value(flow), (warm) => warm > before + 3)

  await world.call('simulator.pace', { speed: 600 })
  await eventually(
    () => world.call('simulator.status', {}),
    ({ ahead, speed }) => speed === 600 && (ahead ?? 0) > 3 * hourMs,
  )
  await world.call('simulator.pace', { speed: 0 })
  const rests = await world.call('simulator.status', {})
  expect(rests.speed).toBe(0)
  const later = await eventually(
    () => world.call('simulator.status', {}),
    ({ ahead }) => (ahead ?? 0) < (rests.ahead ?? 0),
  )
  expect(later.now).toBe(rests.now)
  await expect(world.call('simulator.pace', { speed: 601 })).rejects.toMatchObject({ code: 'input.invalid' })
})

test('meters go on where they stood when the town is opened again', { timeout: 300_000 }, async () => {
  const folder = newFolder()
  const world = await startTown({ folder, days: 1 })
  await world.call('simulator.jump', { hours: 30 })
  const before = await energies(world)
  expect(before.size).toBeGreaterThan(20)
  const ahead = (await world.call('simulator.status', {})).ahead ?? 0
  await world.stop()
  const again = await startTown({ folder })
  const after = await energies(again)
  for (const [series, value] of before) expect(after.get(series)).toBeGreaterThanOrEqual(value)
  expect((await again.call('simulator.status', {})).ahead ?? 0).toBeGreaterThan(ahead - 60_000)
})

test('a town whose thread dies lives on from what was saved last, on the ports of before', { timeout: 300_000 }, async () => {
  const folder = newFolder()
  const world = await startTown({ folder, days: 0 })
  await eventually(
    () => existsSync(join(folder, 'demo', 'town.state')),
    (saved) => saved,
  )
  const before = await energies(world)
  const addresses = async () => (await world.call('devices.list', {})).map(({ address }) => address)
  const known = await addresses()
  await world.serving.host.workers.simulator.crash()
  const after = await energies(world)
  for (const [series, value] of before) expect(after.get(series)).toBeGreaterThanOrEqual(value)
  expect(await addresses()).toEqual(known)
  expect(await world.call('simulator.status', {})).toMatchObject({ running: true, speed: 1 })
})

test('a station that is struck offline is told to be so, and comes back when it is mended', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 0 })
  const device = await deviceNamed(world, other)
  const state = async () => (await world.call('devices.get', { id: device.id })).contact.state
  await eventually(state, (now) => now === 'online')
  await expect(world.call('simulator.strike', { kind: 'offline', target: 'Nowhere' })).rejects.toMatchObject({ code: 'notFound' })
  const fault = await world.call('simulator.strike', { kind: 'offline', target: other })
  expect(fault.to).toBeNull()
  await eventually(
    async () => {
      await world.call('acquisition.tryNow', { device: device.id }).catch(() => undefined)
      return await state()
    },
    (now) => now === 'offline',
  )
  const mended = await world.call('simulator.heal', { id: fault.id })
  expect(mended.to).toBeGreaterThanOrEqual(fault.from)
  await eventually(
    async () => {
      await world.call('acquisition.tryNow', { device: device.id }).catch(() => undefined)
      return await state()
    },
    (now) => now === 'online',
  )
})

test('what is struck for some hours mends by itself', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 0 })
  const { id, from } = await world.call('simulator.strike', { kind: 'bypass', target: other, hours: 2 })
  await world.call('simulator.jump', { hours: 3 })
  const { faults } = await world.call('simulator.faults', {})
  const to = faults.find((fault) => fault.id === id)?.to ?? Number.NaN
  expect(Math.abs(to - from - 2 * hourMs)).toBeLessThan(60_000)
})

test('the truth about all faults can be had as a table', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 1 })
  const device = await deviceNamed(world, house)
  const struck = await world.call('simulator.strike', { kind: 'bypass', target: house, params: { share: 30 } })
  const { faults } = await world.call('simulator.faults', {})
  expect(faults).toContainEqual(struck)
  const headers = { authorization: `Bearer ${world.token}` }
  const answer = await fetch(`${world.serving.url}${apiBase}/demo/faults.csv`, { headers })
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const [head, ...rows] = (await answer.text()).trimEnd().split('\r\n')
  expect(head).toBe('id,kind,target,device,params,from,to')
  expect(rows).toHaveLength(faults.length)
  expect(rows).toContain(`${struck.id},bypass,${house},${device.id},share=30,${new Date(struck.from).toISOString()},`)
})

test('the picture of the town has all of its stations and pipes, with numbers that make sense', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 1 })
  const town = await world.call('simulator.town', {})
  const picture = await world.call('simulator.picture', {})
  expect(picture.stations).toHaveLength(town.stations.length)
  expect(picture.pipes).toHaveLength(town.nodes.length)
  const odd = town.nodes.filter(({ parent, length, diameter }, i) => !(parent < i && length > 1 && diameter > 0.01))
  expect(odd).toEqual([])
  expect(town.stations.filter(({ node, flats }) => !town.nodes[node] || flats < 1)).toEqual([])
  expect(picture.plant.supply).toBeGreaterThan(60)
  expect(picture.plant.power).toBeGreaterThan(picture.plant.losses)
  await world.call('simulator.close', {})
  for (const operation of ['simulator.town', 'simulator.picture', 'simulator.faults'] as const)
    await expect(world.call(operation, {})).rejects.toMatchObject({ code: 'notFound' })
})

/** What the heat meters of all stations show now, by series. */
async function energies(one: World): Promise<Map<number, number>> {
  const list = (await one.call('devices.list', {})).toSorted((a, b) => a.name.localeCompare(b.name))
  const devices = await Promise.all(list.map(({ id }) => one.call('devices.get', { id })))
  const points = devices.flatMap(({ points }) => points.filter(({ id, served }) => served && id === 'meter1.energy'))
  const live = await listen(one.serving, one.token)
  const since = Date.now()
  live.watch(points.map(({ series }) => series))
  const readings = await eventually(
    () => one.call('acquisition.latest', { series: points.map(({ series }) => series) }),
    (all) => all.length === points.length && all.every(({ at, quality }) => at > since && quality === 'good'),
  )
  return new Map(readings.map(({ series, value }) => [series, value ?? Number.NaN]))
}
