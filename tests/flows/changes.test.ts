import { expect, test } from 'vitest'
import { startControllers, startWorld } from './world.ts'

test('changes of settings are told by device and time, oldest first, and refused ones are none', { timeout: 60_000 }, async () => {
  const { ports } = await startControllers([{}, {}])
  const { call } = await startWorld()
  const ids: string[] = []
  for (const port of ports) ids.push((await call('devices.add', { host: '127.0.0.1', port, name: 'One', simulated: true })).id)
  const [one = '', other = ''] = ids
  const write = (id: string, expected: number, value: number) =>
    call('devices.write', { id, point: 'circuit1.slope', value, expect: expected })
  const begun = Date.now()
  await write(one, 1.2, 1.3)
  await write(other, 1.2, 1.1)
  await write(one, 1.3, 1.4)
  await expect(write(one, 9, 1.5)).rejects.toThrow('write.conflict')
  const { changes, more } = await call('audit.changes', { devices: ids, from: begun, to: Date.now() + 1 })
  expect(more).toBe(false)
  expect(changes.map(({ device, point, from, to, outcome }) => ({ device, point, from, to, outcome }))).toEqual([
    { device: one, point: 'circuit1.slope', from: 1.2, to: 1.3, outcome: 'done' },
    { device: other, point: 'circuit1.slope', from: 1.2, to: 1.1, outcome: 'done' },
    { device: one, point: 'circuit1.slope', from: 1.3, to: 1.4, outcome: 'done' },
  ])
  const second = changes[1]?.at ?? 0
  const part = await call('audit.changes', { devices: [one], from: second, to: second + 60_000 })
  expect(part.changes.map(({ to }) => to)).toEqual([1.4])
  expect((await call('audit.changes', { devices: [one], from: 0, to: begun })).changes).toEqual([])
})
