import { expect, test } from 'vitest'
import { eventually, listen, profiles, startControllers, startWorld } from './world.ts'

/** A Hearthgrid with one simulated controller of this profile, found by itself. */
async function plant(id: string, settings: Record<string, number>) {
  const profile = profiles.find((one) => one.id === id)
  if (!profile) throw new Error(`no profile ${id}`)
  const { ports } = await startControllers([{ profile, settings }])
  const world = await startWorld()
  const device = await world.call('devices.add', { host: '127.0.0.1', port: ports[0] as number, unit: 1, name: 'One', simulated: true })
  const { points } = await world.call('devices.get', { id: device.id })
  const seriesOf = (point: string) => {
    const found = points.find((one) => one.id === point)
    if (!found) throw new Error(`no point ${point}`)
    return found.series
  }
  const held = async (point: string) =>
    (await world.call('devices.readSettings', { id: device.id })).find(({ series }) => series === seriesOf(point))?.value ?? null
  const socket = await listen(world.serving, world.token)
  const watch = (point: string) => socket.watch([seriesOf(point)])
  const live = async (point: string) => (await world.call('acquisition.latest', { series: [seriesOf(point)] }))[0]?.value ?? null
  const write = async (point: string, value: number) =>
    world.call('devices.write', { id: device.id, point, value, expect: await held(point), confirm: true })
  return { device, held, watch, live, write }
}

test('a simulated TROVIS is recognised, unlocked, written, and its mode taken and given back', { timeout: 300_000 }, async () => {
  // Heated in every season that this runs in.
  const { device, held, watch, live, write } = await plant('samson/trovis-5578', { 'circuit1.heatCutOut': 45 })
  watch('circuit1.flowReference')
  expect(device.profile).toBe('samson/trovis-5578')
  expect(await write('circuit1.minFlow', 75)).toMatchObject({ outcome: 'done', found: 75 })
  await eventually(
    () => live('circuit1.flowReference'),
    (value) => (value ?? 0) >= 75,
  )
  expect(await write('circuit1.mode', 5)).toMatchObject({ outcome: 'done', found: 5 })
  expect(await held('circuit1.mode')).toBe(5)
  expect(await write('circuit1.mode', 1)).toMatchObject({ outcome: 'done' })
  expect(await held('circuit1.mode')).toBe(1)
})

test('a simulated ECL 220 is recognised and takes floats and whole numbers of two registers', { timeout: 300_000 }, async () => {
  const { device, held, watch, live, write } = await plant('danfoss/ecl220-p266', {})
  watch('circuit2.flowReference')
  expect(device.profile).toBe('danfoss/ecl220-p266')
  expect(await write('circuit2.mode', 3)).toMatchObject({ outcome: 'done' })
  expect(await write('circuit2.frostProtectionTemperature', 17.5)).toMatchObject({ outcome: 'done', found: 17.5 })
  await eventually(
    () => live('circuit2.flowReference'),
    (value) => value === 17.5,
  )
  expect(await write('circuit2.week.monday.start1', 4.5 * 3_600)).toMatchObject({ outcome: 'done' })
  expect(await held('circuit2.week.monday.start1')).toBe(4.5 * 3_600)
})
