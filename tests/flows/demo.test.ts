import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src-main/database.ts'
import { deviceNamed, pastStored, readingsOf, seriesOf, startTown } from './town-world.ts'
import { eventually, newFolder, quarterHour, startWorld } from './world.ts'

const dayMs = 24 * 3_600_000
const house = 'Schule am Kloster'

test(
  'the demo town opens with its controllers online and days of history, and comes back after a restart',
  { timeout: 300_000 },
  async () => {
    const folder = newFolder()
    const world = await startTown({ folder, days: 3 })
    const devices = await eventually(
      () => world.call('devices.list', {}),
      (list) => list.length > 0 && list.every(({ contact }) => contact.state === 'online'),
    )
    expect(devices.length).toBeGreaterThanOrEqual(24)
    expect(devices.every(({ simulated, recognised }) => simulated && recognised)).toBe(true)
    const town = await world.call('simulator.town', {})
    for (const { name, tags } of devices) {
      const { zone, device } = town.stations.find((station) => station.name === name) ?? {}
      expect(tags).toEqual([town.zones.find(({ id }) => id === zone)?.name])
      expect(device).not.toBeNull()
    }
    const status = await world.call('simulator.status', {})
    expect(status).toMatchObject({ running: true, making: null, stations: devices.length, speed: 1 })
    expect(Math.abs(status.ahead ?? Number.NaN)).toBeLessThan(30_000)

    const series = seriesOf(await deviceNamed(world, house), 'circuit1.flow')
    const past = await pastStored(world, series, Date.now() - 3 * dayMs - quarterHour, 3 * 96)
    const gaps = past.at.slice(1).map((at, i) => at - (past.at[i] ?? 0))
    expect(new Set(gaps)).toEqual(new Set([quarterHour]))
    expect(past.value.every((value) => value !== null)).toBe(true)
    const { lines } = await world.call('history.chart', { series: [series], from: past.at[0] ?? 0, to: Date.now() })
    expect(lines).toHaveLength(1)
    expect(lines[0]?.value).not.toContain(null)

    await world.stop()
    const again = await startTown({ folder })
    const back = await eventually(
      () => again.call('devices.list', {}),
      (list) => list.every(({ contact }) => contact.state === 'online'),
    )
    expect(back.map(({ id, address }) => ({ id, address }))).toEqual(devices.map(({ id, address }) => ({ id, address })))
    expect((await readingsOf(again, { series, from: past.at[0] ?? 0, to: Date.now() })).at.slice(0, past.at.length)).toEqual(past.at)

    await again.call('simulator.close', {})
    expect(await again.call('devices.list', {})).toEqual([])
    expect((await again.call('simulator.status', {})).running).toBe(false)
    expect(existsSync(join(folder, 'demo'))).toBe(false)
    expect(await again.call('simulator.open', { days: 0 })).toEqual({ stations: devices.length })
  },
)

test('opening the demo town a second time adds nothing twice', { timeout: 300_000 }, async () => {
  const world = await startTown({ days: 0 })
  const before = await world.call('devices.list', {})
  await world.call('simulator.open', {})
  expect((await world.call('devices.list', {})).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  const [first] = before
  await world.call('devices.remove', { id: first?.id ?? '' })
  expect(await world.call('simulator.open', {})).toEqual({ stations: before.length })
  expect((await world.call('devices.list', {})).map(({ name }) => name).toSorted()).toEqual(before.map(({ name }) => name).toSorted())
})

test('a town whose making is cancelled leaves nothing behind, and another can be made', { timeout: 300_000 }, async () => {
  const folder = newFolder()
  const world = await startWorld({ folder })
  const opening = world.call('simulator.open', { days: 800 }).then(
    () => 'opened',
    ({ code }: { code: string }) => code,
  )
  const { making } = await eventually(
    () => world.call('simulator.status', {}),
    (status) => (status.making?.done ?? 0) > 0,
  )
  expect(making?.total).toBe(800)
  await expect(world.call('simulator.open', {})).rejects.toMatchObject({ code: 'busy' })
  await world.call('simulator.close', {})
  expect(await opening).toBe('cancelled')
  expect(await world.call('simulator.status', {})).toMatchObject({ running: false, making: null, stations: 0 })
  expect(await world.call('devices.list', {})).toEqual([])
  expect(existsSync(join(folder, 'demo'))).toBe(false)
  expect((await world.call('simulator.open', { days: 0 })).stations).toBeGreaterThan(0)
})

test('a stop while the town is made ends at once, and the next start has no town', { timeout: 300_000 }, async () => {
  const folder = newFolder()
  const world = await startWorld({ folder, demoDays: 800 })
  await eventually(
    () => world.call('simulator.status', {}),
    (status) => (status.making?.done ?? 0) > 0,
  )
  await world.stop()
  const again = await startWorld({ folder })
  expect(await again.call('simulator.status', {})).toMatchObject({ running: false, making: null })
  expect(await again.call('devices.list', {})).toEqual([])
})

test('a past that was not stored before a stop is made once more, the same to the last digit', { timeout: 300_000 }, async () => {
  const folder = newFolder()
  const world = await startTown({ folder, days: 2 })
  const points = ['outdoor', 'circuit1.flow', 'meter1.energy', 'meter1.power']
  const device = await deviceNamed(world, house)
  const series = points.map((point) => seriesOf(device, point))
  const from = Date.now() - 2 * dayMs - quarterHour
  const [to] = (await pastStored(world, series[0] ?? 0, from, 2 * 96)).at.slice(-1)
  const pasts = (from: number, one: typeof world) =>
    Promise.all(series.map((number) => readingsOf(one, { series: number, from, to: to ?? 0 })))
  const before = await pasts(from, world)
  await world.stop()

  // As after a stop in between: half of it is not in history.
  const other = newFolder()
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  const row = await database.selectFrom('setting').select('value').where('key', '=', 'demo').executeTakeFirstOrThrow()
  const record = JSON.stringify({ ...(JSON.parse(row.value) as object), stored: 96 })
  await database.updateTable('setting').set({ value: record }).where('key', '=', 'demo').execute()
  await close()
  renameSync(join(folder, 'history'), join(other, 'history'))

  const again = await startTown({ folder })
  await pastStored(again, series[0] ?? 0, from, 96)
  const after = await pasts(from, again)
  const half = before[0]?.at[96] ?? 0
  expect(after.map(({ at }) => at[0])).toEqual(points.map(() => half))
  before.forEach(({ at, value }, i) => {
    const rest = at.findIndex((one) => one >= half)
    expect(after[i]?.at).toEqual(at.slice(rest))
    expect(after[i]?.value).toEqual(value.slice(rest))
  })
})

test('a town whose memory is damaged is made anew with the devices it has', { timeout: 300_000 }, async () => {
  const folder = newFolder()
  const world = await startTown({ folder, days: 1 })
  const device = await deviceNamed(world, house)
  await world.stop()
  const path = join(folder, 'demo', 'town.state')
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, bytes.length - 100))
  const again = await startTown({ folder })
  expect((await deviceNamed(again, house)).id).toBe(device.id)
  await eventually(
    () => again.call('devices.list', {}),
    (list) => list.every(({ contact }) => contact.state === 'online'),
  )
})
