import { pbkdf2 } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Failure } from '#shared/failures.ts'
import type { Way } from '#shared/devices/way.ts'
import { registerDrivers, type Area, type RegisterDriver } from '../../../src-worker/acquisition/drivers/driver.ts'
import { cable, compileLibmodbus, converter, folder, freePort, needPrograms, pymodbus, start, when } from './programs.ts'

beforeAll(needPrograms)

const closes: Failure[] = []
afterEach(() => void closes.splice(0))

function driver(way: Way, host: string, port: number, answerMs = 2000): RegisterDriver {
  const address = { way, host, port, unit: 1, serial: { baud: 19200, parity: 'even', stop: 1 } } as const
  const made = registerDrivers[way]?.({ host, port, address, connectMs: 2000, answerMs, onClose: (failure) => closes.push(failure) })
  if (!made) throw new Error(`no driver for ${way}`)
  onTestFinished(() => made.close())
  return made
}

/** A driver that has had an answer: the program on the other side takes its time to start. */
async function connected(way: Way, host: string, port = 0, unit = 1): Promise<RegisterDriver> {
  for (;;) {
    const client = driver(way, host, port, 400)
    const failure = await client.open().then(
      () => code(client.read(unit, 'holding', 0, 1)),
      (error: Failure) => error.code,
    )
    if (failure === null || failure === 'device.exception') return client
    client.close()
    await pause(50)
  }
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Failure) => error.code,
  )

/** Reads and writes in every way, and tells what came. */
async function talk(client: RegisterDriver, unit: number) {
  const reads: number[][] = []
  const read = async (...what: [Area, number, number]) => void reads.push([...(await client.read(unit, ...what))])
  for (const count of [1, 2, 60, 125]) await read('holding', 20, count)
  await read('input', 5, 2)
  await read('coil', 0, 20)
  await read('discrete', 3, 9)
  await client.write(unit, 'holding', 7, [0xfffe])
  await client.write(unit, 'holding', 8, [1, 2, 3])
  await client.write(unit, 'coil', 1, [1])
  await client.write(unit, 'coil', 4, [1, 0, 1])
  await read('holding', 7, 4)
  await read('coil', 1, 6)
  const beyond = await client
    .read(unit, 'holding', 299, 2)
    .catch((error: Failure) => [error.code, error.params['code'], error.params['unit']])
  await read('holding', 299, 1)
  return { reads, beyond, closes: closes.length }
}

const row = (from: number, count: number, value: (address: number) => number) => Array.from({ length: count }, (_, i) => value(from + i))
const spoken = (unit: number) => ({
  reads: [
    ...[1, 2, 60, 125].map((count) => row(20, count, (at) => at * 7)),
    [0x8005, 0x8006],
    row(0, 20, (at) => Number(at % 3 === 0)),
    row(3, 9, (at) => at % 2),
    [0xfffe, 1, 2, 3],
    [1, 0, 1, 1, 0, 1],
    [2093],
  ],
  beyond: ['device.exception', 2, unit],
  closes: 0,
})

describe('our driver with pymodbus', () => {
  test.each(['modbus-tcp', 'modbus-rtu-tcp'] as const)('on %s', async (way) => {
    const port = await freePort()
    pymodbus(way === 'modbus-tcp' ? 'tcp' : 'rtu-tcp', port)
    expect(await talk(await connected(way, '127.0.0.1', port), 5)).toEqual(spoken(5))
  })

  test('on a serial line', async () => {
    const { near, far } = await cable()
    pymodbus('serial', far)
    const client = await connected('modbus-serial', near)
    expect(await talk(client, 5)).toEqual(spoken(5))
    expect(await talk(client, 1)).toEqual(spoken(1))
  })
})

describe('our driver with libmodbus', () => {
  test('on Modbus TCP', async () => {
    const port = await freePort()
    start(compileLibmodbus(folder()), ['tcp', String(port)])
    expect(await talk(await connected('modbus-tcp', '127.0.0.1', port), 1)).toEqual(spoken(1))
  })

  test('on a serial line', async () => {
    const { near, far } = await cable()
    start(compileLibmodbus(folder()), ['serial', far, '17'])
    expect(await talk(await connected('modbus-serial', near, 0, 17), 17)).toEqual(spoken(17))
  })

  test('on a serial line behind a converter', async () => {
    const { near, far } = await cable()
    start(compileLibmodbus(folder()), ['serial', far, '17'])
    expect(await talk(await connected('modbus-rtu-tcp', '127.0.0.1', await converter(near), 17), 17)).toEqual(spoken(17))
  })
})

describe('a serial port', () => {
  test('that is taken away is noticed within a second, while something is asked and while nothing is', async () => {
    for (const asking of [true, false]) {
      const { near, cut } = await cable()
      const client = driver('modbus-serial', near, 0, 60_000)
      await client.open()
      const outcome = asking ? client.read(1, 'holding', 0, 1).catch((error: unknown) => error) : null
      const from = performance.now()
      await cut()
      await when(() => closes.length > 0)
      expect(performance.now() - from).toBeLessThan(1000)
      const told = (await outcome) ?? closes[0]
      expect(told).toMatchObject({ code: 'device.closed', params: { host: near } })
      expect(closes.splice(0)).toMatchObject([{ code: 'device.closed' }])
    }
  })

  test('that is taken away while the machine is too busy to look is noticed as soon as it looks', async () => {
    const { near, cut } = await cable()
    await driver('modbus-serial', near, 0, 60_000).open()
    const busy = Promise.all(Array.from({ length: 8 }, () => promisify(pbkdf2)('a', 'b', 400_000, 32, 'sha256')))
    await cut()
    await busy
    await when(() => closes.length > 0)
    expect(closes).toMatchObject([{ code: 'device.closed', params: { host: near } }])
  })

  test('that is missing, in use, or none at all is told apart', async () => {
    const { near } = await cable()
    await driver('modbus-serial', near, 0).open()
    await expect(driver('modbus-serial', near, 0).open()).rejects.toMatchObject({ code: 'device.portBusy', params: { host: near } })
    await expect(driver('modbus-serial', `${near}-gone`, 0).open()).rejects.toMatchObject({ code: 'device.portMissing' })
    await expect(driver('modbus-serial', '/dev/null', 0).open()).rejects.toMatchObject({ code: 'device.portFailed' })
  })

  test('that is closed while it is read from ends nothing but itself', async () => {
    const { near } = await cable()
    for (let i = 0; i < 90; i++) {
      const client = driver('modbus-serial', near, 0)
      await client.open()
      if (i % 3 > 0) await pause(i % 3 === 1 ? 0 : 1)
      client.close()
    }
    expect(closes).toEqual([])
  })

  test('that was just closed can be opened again', async () => {
    const { near } = await cable()
    for (let i = 0; i < 5; i++) {
      const client = driver('modbus-serial', near, 0)
      await expect(client.open()).resolves.toBeUndefined()
      client.close()
    }
  })
})
