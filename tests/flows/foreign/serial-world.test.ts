import { beforeAll, expect, test } from 'vitest'
import { eventually, startWorld } from '../world.ts'
import { cable, compileLibmodbus, folder, needPrograms, start } from './programs.ts'

beforeAll(needPrograms)

test('a whole Hearthgrid reaches a device on a serial port, and says when the port is gone', async () => {
  const { near, far, cut } = await cable()
  start(compileLibmodbus(folder()), ['serial', far, '17'])
  const world = await startWorld()
  const address = { way: 'modbus-serial', host: near, port: 0, unit: 17, serial: { baud: 19200, parity: 'even', stop: 1 } } as const
  const probe = () => world.call('devices.probe', address).catch((error: { code: string }) => error.code)
  // The device answers, but is no controller that a profile knows.
  const answered = await eventually(probe, (outcome) => outcome !== 'device.silent')
  expect(answered).toBe('device.unrecognised')
  // Somebody looks for meters on the same port: it stays with whoever has it.
  const { id } = await world.call('devices.add', { ...address, name: 'Cellar', profile: 'belimo/energy-valve-4', unseen: true })
  await eventually(
    () => world.call('devices.get', { id }),
    ({ contact }) => contact.lastAnswer !== null,
  )
  const meter = { way: 'mbus-serial', host: near, port: 0, unit: 5, serial: { baud: 2400, parity: 'even', stop: 1 } } as const
  await expect(world.call('meters.look', meter)).rejects.toMatchObject({ code: 'device.portBusy' })
  const requests = async () => (await world.call('acquisition.connections', {}))[0]?.failures
  expect(await requests()).toBe(0)
  await world.call('devices.remove', { id })
  await cut()
  expect(await eventually(probe, (outcome) => outcome !== 'device.closed')).toBe('device.portMissing')
  const { ports, reason } = await world.call('acquisition.ports', {})
  expect(reason === null).toBe(ports.length > 0)
})
