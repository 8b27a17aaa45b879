import { expect, test } from 'vitest'
import { eventually, listen, startControllers, startWorld } from './world.ts'

test('a dead acquisition thread is replaced and values come again', { timeout: 60_000 }, async () => {
  const { ports } = await startControllers()
  const world = await startWorld()
  const device = await world.call('devices.add', { host: '127.0.0.1', port: ports[0] as number, name: 'One' })
  const series = device.key[0]?.series ?? 0
  const socket = await listen(world.serving, world.token)
  socket.watch([series])
  await socket.until((event): event is typeof event => event.event === 'readings')
  const before = (await world.call('acquisition.latest', { series: [series] }))[0]?.at ?? 0
  await world.serving.host.workers.acquisition.crash()
  const after = await eventually(
    () => world.call('acquisition.latest', { series: [series] }),
    ([reading]) => (reading?.at ?? 0) > before && reading?.quality === 'good',
  )
  expect(after[0]?.value).not.toBeNull()
})

test('samples handed over while the history thread is dead are stored by its successor', { timeout: 60_000 }, async () => {
  const world = await startWorld()
  const at = 1_780_000_200_000
  const store = (value: number, second: number) =>
    world.serving.host.workers.history.call.append({
      series: Uint32Array.of(1),
      at: Float64Array.of(at + second * 1000),
      value: Float64Array.of(value),
      quality: Uint8Array.of(0),
    })
  await store(1, 0)
  await world.serving.host.workers.history.crash()
  await eventually(
    () =>
      store(2, 1).then(
        () => true,
        () => false,
      ),
    (stored) => stored,
  )
  const { value } = await world.call('history.readings', { series: 1, from: at, to: at + 10_000 })
  expect(value).toEqual([1, 2])
})
