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
  await cut()
  expect(await eventually(probe, (outcome) => outcome !== 'device.closed')).toBe('device.portMissing')
  const { ports, reason } = await world.call('acquisition.ports', {})
  expect(reason === null).toBe(ports.length > 0)
})
