import { expect, test } from 'vitest'
import { eventually, newFolder, startWorld } from './world.ts'

test(
  'the demo town opens with its controllers online and a week of history, and comes back after a restart',
  { timeout: 120_000 },
  async () => {
    const folder = newFolder()
    const world = await startWorld({ folder, demo: true })
    const devices = await eventually(
      () => world.call('devices.list', {}),
      (list) => list.length > 0 && list.every(({ contact }) => contact.state === 'online'),
    )
    expect(devices.length).toBeGreaterThanOrEqual(24)
    expect(devices.every(({ simulated, recognised }) => simulated && recognised)).toBe(true)
    expect((await world.call('simulator.status', {})).running).toBe(true)

    const [first] = devices
    const series = first?.key[0]?.series ?? 0
    const now = Date.now()
    const week = { series: [series], from: now - 7 * 24 * 3_600_000, to: now + 1 }
    const past = await eventually(
      () => world.call('history.chart', week),
      ({ lines }) => (lines[0]?.stored ?? 0) > 600,
    )
    expect(past.lines[0]?.value.some((value) => value === null)).toBe(false)

    await world.stop()
    const again = await startWorld({ folder })
    const back = await eventually(
      () => again.call('devices.list', {}),
      (list) => list.every(({ contact }) => contact.state === 'online'),
    )
    expect(back.map(({ id }) => id)).toEqual(devices.map(({ id }) => id))

    await again.call('simulator.close', {})
    expect(await again.call('devices.list', {})).toEqual([])
    expect((await again.call('simulator.status', {})).running).toBe(false)
    expect(await again.call('simulator.open', {})).toEqual({ stations: devices.length })
  },
)

test('opening the demo town a second time adds nothing twice', { timeout: 60_000 }, async () => {
  const world = await startWorld({ demo: true })
  const count = (await world.call('devices.list', {})).length
  await world.call('simulator.open', {})
  expect(await world.call('devices.list', {})).toHaveLength(count)
})
