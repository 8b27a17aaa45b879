import { expect, test } from 'vitest'
import { eventually, listen, newFolder, quarterHour, startControllers, startWorld } from './world.ts'

/** A clock whose next quarter hour is near. */
function clockBefore(ms: number): () => number {
  const now = Date.now()
  const offset = Math.ceil(now / quarterHour) * quarterHour - ms - now
  return () => Date.now() + offset
}

test(
  'a controller is recognised, added, live within 10 s, stored each quarter hour, and its chart survives a restart',
  { timeout: 120_000 },
  async () => {
    const controllers = await startControllers()
    const folder = newFolder()
    const clock = clockBefore(6000)
    const world = await startWorld({ folder, clock })
    const address = { host: '127.0.0.1', port: controllers.ports[0] as number, unit: 1 }

    const finding = await world.call('devices.probe', address)
    expect(finding).toMatchObject({
      recognised: true,
      profile: 'danfoss/ecl310-a266.1',
      identity: { application: 'A266.1', orderCode: '087H3040' },
    })
    expect(await world.call('devices.list', {})).toEqual([])

    const device = await world.call('devices.add', { ...address, name: finding.proposedName })
    const { points } = await world.call('devices.get', { id: device.id })
    const flow = points.find(({ id }) => id === 'circuit1.flow')
    const outdoor = points.find(({ id }) => id === 'outdoor')
    if (!flow || !outdoor) throw new Error('the profile lacks the flow or outdoor temperature')

    const addedAt = performance.now()
    const socket = await listen(world.serving, world.token)
    socket.watch([flow.series, outdoor.series])
    const live = await socket.until(
      (event): event is Extract<typeof event, { event: 'readings' }> =>
        event.event === 'readings' && event.series.includes(flow.series) && event.quality[0] === 0,
    )
    expect(performance.now() - addedAt).toBeLessThan(10_000)
    expect(live.value[live.series.indexOf(flow.series)]).toBeGreaterThan(5)
    expect(
      await eventually(
        () => world.call('devices.list', {}),
        ([first]) => first?.contact.state === 'online',
      ),
    ).toHaveLength(1)

    const from = Math.floor(clock() / quarterHour) * quarterHour
    const range = { series: flow.series, from, to: from + 4 * quarterHour }
    const stored = await eventually(
      () => world.call('history.readings', range),
      ({ at }) => at.length > 0,
    )
    expect(stored.at.every((at) => at % quarterHour === 0)).toBe(true)
    expect(stored.quality).toEqual([0])
    const chart = await world.call('history.chart', { ...range, series: [flow.series, outdoor.series] })
    expect(chart.lines.map(({ stored: count }) => count)).toEqual([1, 1])

    await world.stop()
    const again = await startWorld({ folder, clock })
    expect(await again.call('history.chart', { ...range, series: [flow.series, outdoor.series] })).toEqual(chart)
    const [known] = await again.call('devices.list', {})
    expect(known).toMatchObject({ id: device.id, name: finding.proposedName })
    await eventually(
      () => again.call('devices.list', {}),
      ([first]) => first?.contact.state === 'online',
    )
    expect((await again.call('history.readings', range)).at).toEqual(stored.at)
  },
)

test('settings are read when asked for, in canonical units', { timeout: 30_000 }, async () => {
  const controllers = await startControllers()
  const world = await startWorld()
  const device = await world.call('devices.add', { host: '127.0.0.1', port: controllers.ports[0] as number, unit: 1, name: 'One' })
  const { points } = await world.call('devices.get', { id: device.id })
  const settings = await world.call('devices.readSettings', { id: device.id })
  const valueOf = (point: string) => settings.find(({ series }) => series === points.find(({ id }) => id === point)?.series)?.value
  expect(settings.length).toBeGreaterThan(50)
  expect(valueOf('circuit1.slope')).toBe(1.2)
})

test('a removed device is no longer read and keeps its history', { timeout: 30_000 }, async () => {
  const controllers = await startControllers()
  const world = await startWorld()
  const address = { host: '127.0.0.1', port: controllers.ports[0] as number, unit: 1 }
  const device = await world.call('devices.add', { ...address, name: 'One' })
  await expect(world.call('devices.add', { ...address, name: 'Two' })).rejects.toMatchObject({
    code: 'device.duplicate',
    params: { name: 'One' },
  })
  await world.call('devices.remove', { id: device.id })
  expect(await world.call('devices.list', {})).toEqual([])
  await expect(world.call('devices.get', { id: device.id })).rejects.toMatchObject({ code: 'notFound' })
  const { entries } = await world.call('audit.list', {})
  expect(entries.map(({ operation, result }) => [operation, result])).toEqual([
    ['devices.remove', 'done'],
    ['devices.add', 'device.duplicate'],
    ['devices.add', 'done'],
  ])
})
