import { expect, test } from 'vitest'
import { eventually, listen, newFolder, quarterHour, startControllers, startWorld } from './world.ts'

/** A clock whose next quarter hour is near. */
function clockBefore(ms: number): () => number {
  const now = Date.now()
  const offset = Math.ceil(now / quarterHour) * quarterHour - ms - now
  return () => Date.now() + offset
}

async function plant(before = 4000) {
  const controllers = await startControllers()
  const folder = newFolder()
  const clock = clockBefore(before)
  const world = await startWorld({ folder, clock })
  const { id } = await world.call('devices.add', { host: '127.0.0.1', port: controllers.ports[0] as number, unit: 1, name: 'Mill Lane 3' })
  const { points } = await world.call('devices.get', { id })
  const seriesOf = (point: string) => points.find((one) => one.id === point)?.series as number
  return { ...world, id, folder, clock, controllers, seriesOf }
}

const spread = { name: 'Spread', text: '[circuit1.flow] - [circuit1.return]', is: 'temperatureDifference' } as const

test('a formula is live, stored each quarter hour, charted, and stays over a restart', { timeout: 90_000 }, async () => {
  const { call, id, serving, token, stop, folder, clock, seriesOf } = await plant()
  const made = await call('virtual.save', { ...spread, device: id })
  expect(made).toMatchObject({ point: 'calculated1', deviceName: 'Mill Lane 3', unit: 'K', fault: null, inputs: 2 })
  expect(made.text).toBe('[Mill Lane 3 / circuit1.flow] - [Mill Lane 3 / circuit1.return]')
  const { points } = await call('devices.get', { id })
  expect(points.at(-1)).toMatchObject({ id: 'calculated1', series: made.series, title: 'Spread', formula: true, unit: 'K' })

  const [flow, back] = [seriesOf('circuit1.flow'), seriesOf('circuit1.return')]
  const socket = await listen(serving, token)
  // Whoever looks at the result has its inputs read, too.
  socket.watch([made.series])
  const live = await socket.until(
    (event): event is Extract<typeof event, { event: 'readings' }> =>
      event.event === 'readings' && event.series.includes(made.series) && event.quality[0] === 0,
  )
  expect(live.value[0]).toBeTypeOf('number')

  const from = Math.floor(clock() / quarterHour) * quarterHour
  const range = { from: from - quarterHour, to: from + 4 * quarterHour }
  const stored = await eventually(
    () => call('history.readings', { series: made.series, ...range }),
    ({ at }) => at.length > 0,
  )
  const at = stored.at[0] as number
  expect(at % quarterHour).toBe(0)
  const chart = await call('history.chart', { series: [flow, back, made.series], ...range })
  const [a, b, c] = chart.lines.map((line) => line.value[line.at.indexOf(at)] as number) as [number, number, number]
  expect(c).toBeCloseTo(a - b, 9)

  await stop()
  const again = await startWorld({ folder, clock })
  const [kept] = await again.call('virtual.list', {})
  expect(kept).toMatchObject({ id: made.id, series: made.series, text: made.text, fault: null })
  expect((await again.call('history.readings', { series: made.series, ...range })).at).toEqual(stored.at)
  const [before] = await again.call('virtual.list', {})
  expect(before?.result).toMatchObject({ value: null, quality: 'stale', reason: { code: 'stale', deviceName: 'Mill Lane 3' } })
  ;(await listen(again.serving, again.token)).watch([made.series])
  const fresh = await eventually(
    () => again.call('virtual.list', {}),
    ([one]) => one?.result?.quality === 'good',
  )
  expect(fresh[0]?.result?.value).toBeTypeOf('number')
})
