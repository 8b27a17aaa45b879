import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { place } from '#shared/devices/codec.ts'
import { wordsOf } from '#shared/devices/encoding.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { profiles, startWorld } from './world.ts'

type Registers = Map<number, number>

/** A device on a loopback port that serves these holding registers and answers with an exception for all others. */
async function device(registers: Registers, exception = 2): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (request) => {
      const [code, address, count] = [request[7] ?? 0, request.readUInt16BE(8), request.readUInt16BE(10)]
      const words = Array.from({ length: count }, (_, i) => registers.get(address + i))
      const served = code === 3 && words.every((word) => word !== undefined)
      const body = served ? [code, count * 2, ...words.flatMap((word) => [word >> 8, word & 0xff])] : [code | 0x80, exception]
      socket.write(Buffer.from([...request.subarray(0, 4), 0, body.length + 1, request[6] ?? 0, ...body]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Registers that hold raw values of points of a profile. */
function registersOf(id: string, values: Record<string, number>): Registers {
  const profile = profiles.find((one) => one.id === id) as FlatProfile
  const registers: Registers = new Map()
  for (const point of profile.points.filter((one) => one.id in values)) {
    const words = Array.from({ length: wordsOf[point.as] }, () => 0)
    place({ ...point, scale: 1, offset: 0, faults: [] }, values[point.id] ?? 0, words)
    words.forEach((word, i) => registers.set(point.address + i, word))
  }
  return registers
}

const found = async (registers: Registers, exception?: number) => {
  const world = await startWorld()
  const port = await device(registers, exception)
  return world.call('devices.probe', { host: '127.0.0.1', port }).catch((error: unknown) => error as { code: string })
}

const trovis = { 'identity.application': 21, 'identity.firmware': 305, 'identity.hardware': 110, 'identity.serial': 12345 }
const ecl120 = { 'identity.hardware': 0x0102, 'identity.address': 5, 'clock.valid': 1 }
const clock = { 'clock.hour': 9, 'clock.minute': 30, 'clock.day': 14, 'clock.month': 2, 'clock.year': 24, 'circuit1.mode': 1 }
const whole = (registers: Registers, address: number) => registers.set(address, 0)

test('a Samson TROVIS is known by its model number and shows its system', async () => {
  const registers = whole(registersOf('samson/trovis-5578', { ...trovis, 'identity.model': 5578, 'identity.address': 3 }), 4)
  expect(await found(registers)).toMatchObject({
    profile: 'samson/trovis-5578',
    recognised: true,
    identity: { maker: 'Samson', model: 'TROVIS 5578', application: 'Anl 2.1', firmware: '3.05', serial: '12345' },
    notices: [],
  })
})

test('a TROVIS of another model is read with the general profile', async () => {
  const registers = whole(registersOf('samson/trovis-557x', { ...trovis, 'identity.model': 5577 }), 4)
  expect(await found(registers)).toMatchObject({ profile: 'samson/trovis-557x', recognised: false })
})

test('an ECL Comfort 120 is known by its application, and one with another application is read in general', async () => {
  const named = registersOf('danfoss/ecl120-a130', { ...ecl120, 'identity.application': 0x41313330 })
  expect(await found(named)).toMatchObject({ profile: 'danfoss/ecl120-a130', recognised: true, identity: { application: 'A130' } })
  const sensors = { 'input1.status': 0, 'input2.status': 2 }
  const other = registersOf('danfoss/ecl-comfort-120', { ...ecl120, ...sensors, 'identity.application': 0x41393939 })
  expect(await found(other)).toMatchObject({ profile: 'danfoss/ecl-comfort-120', recognised: false, identity: { application: 'A999' } })
})

test('an ECL Comfort 110 is known by its clock', async () => {
  expect(await found(registersOf('danfoss/ecl-comfort-110', clock))).toMatchObject({
    profile: 'danfoss/ecl-comfort-110',
    recognised: false,
  })
})

test('a pump is recognised, and a device that merely answers 1 is not one', async () => {
  const identity = { 'identity.family': 1, 'identity.model': 10, 'identity.firmware': 0x02030001, 'identity.address': 1 }
  const registers = registersOf('grundfos/magna3', { ...identity, 'pump.electronicsTemperature': 31000 })
  for (const between of [31, 32]) registers.set(between, 0)
  expect(await found(registers)).toMatchObject({ profile: 'grundfos/magna3', recognised: true, identity: { firmware: '2.3.0.1' } })
  const ones = new Map(Array.from({ length: 400 }, (_, i) => [i, 1]))
  expect(await found(ones)).toMatchObject({ code: 'device.unrecognised' })
})

test('a device that answers other families with "no such function" or "no such value" is still found', async () => {
  const registers = whole(registersOf('samson/trovis-5573', { ...trovis, 'identity.model': 5573, 'identity.address': 3 }), 4)
  expect(await found(registers, 3)).toMatchObject({ profile: 'samson/trovis-5573', recognised: true })
})

test('a controller whose clock counts full years is not taken for an ECL Comfort 110', async () => {
  const registers = registersOf('danfoss/ecl-comfort-110', { ...clock, 'clock.year': 2026 })
  expect(await found(registers)).toMatchObject({ code: 'device.unrecognised' })
})
