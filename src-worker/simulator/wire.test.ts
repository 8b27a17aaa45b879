import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decode } from '#shared/devices/codec.ts'
import { holesOf } from '#shared/devices/flatten.ts'
import { plan } from '#shared/devices/plan.ts'
import type { ModbusServer } from './serve/modbus-server.ts'
import { serveController } from './serve/serve-controller.ts'
import { capture } from './testing/capture.ts'
import { foreignClient } from './testing/foreign-client.ts'
import { loneStation } from './testing/lone-station.ts'

const at = Date.UTC(2025, 10, 18, 7, 45)
const { station, controller, physics, run, pointOf } = loneStation({}, at)
const { profile } = station
run(15)
let server: ModbusServer
beforeAll(async () => {
  server = await serveController(controller, '127.0.0.1', 0)
})
afterAll(() => server.close())

/** Reads `count` registers from a wire address on; rejects on an exception. */
type Read = (address: number, count: number) => Promise<number[]>
type Reader = { name: string; withReader(use: (read: Read) => Promise<void>): Promise<void> }

const modbusSerial: Reader = {
  name: 'modbus-serial',
  async withReader(use) {
    const client = await foreignClient(server.port)
    try {
      await use(async (address, count) => (await client.readHoldingRegisters(address, count)).data)
    } finally {
      client.destroy(() => undefined)
    }
  },
}

const mbpoll: Reader = {
  name: 'mbpoll',
  withReader: (use) =>
    use(async (address, count) => {
      const args = ['-m', 'tcp', '-a', '1', '-p', String(server.port), '-t', '4', '-0', '-r', String(address), '-c', String(count), '-1']
      const { stdout } = await promisify(execFile)('mbpoll', [...args, '127.0.0.1'])
      const words = [...stdout.matchAll(/^\[\d+\]:\s+(\d+)/gm)].map(([, word]) => Number(word))
      if (words.length !== count) throw new Error(stdout)
      return words
    }),
}

const isInstalled = (program: string) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

// A second program that is not ours reads along where a machine has it.
const readers = [modbusSerial, ...(isInstalled('mbpoll') ? [mbpoll] : [])]

describe.each(readers)('read by $name', ({ withReader }) => {
  test('the whole bank comes over the wire: each point is served and reads as its controller is', () =>
    withReader(async (read) => {
      const words = new Map<number, number>()
      for (const block of plan(profile.points, profile.limits, holesOf(profile))) {
        for (const [i, word] of (await read(block.address, block.count)).entries()) words.set(block.address + i, word)
      }
      const values = new Map(
        profile.points.flatMap((point) => {
          const width = wordsAt(point.address, words, point.as)
          return width ? [[point.id, decode(point, width)] as const] : []
        }),
      )
      expect(profile.points.filter(({ id }) => !values.has(id)).map(({ id }) => id)).toEqual([])
      const state = physics.state(0)
      expect(values.get('outdoor')?.value).toBeCloseTo(state.outdoor ?? Number.NaN, 1)
      expect(values.get('circuit1.flow')?.value).toBeCloseTo(state.heating.flow ?? Number.NaN, 1)
      expect(values.get('hotWater.return')?.value).toBeCloseTo(state.water.return ?? Number.NaN, 1)
      expect(values.get('meter1.energy')?.value).toBeCloseTo(state.meter.energy, 0)
      expect(values.get('input9')).toEqual({ value: null, quality: 'fault' })
      expect([values.get('identity.serial')?.value, values.get('identity.orderCode')?.value]).toEqual([70_001, 3_040])
    }))

  test('all settings that a real controller was captured with come over the wire as captured', () =>
    withReader(async (read) => {
      const found: Record<number, number> = {}
      for (const [first, count] of runsOf(Object.keys(capture).map(Number))) {
        for (const [i, word] of (await read(first - 1, count)).entries()) found[first + i] = word
      }
      const moves = new Set(profile.points.filter(({ role }) => role === 'measure' || role === 'state').map((point) => point.number))
      const settings = (image: Record<number, number>) =>
        Object.fromEntries(Object.entries(image).filter(([number]) => !moves.has(Number(number)) && !own.has(Number(number))))
      expect(Object.keys(settings(capture)).length).toBeGreaterThan(115)
      expect(settings(found)).toEqual(settings(capture))
    }))

  test('what the real controller does not serve is refused', () =>
    withReader(async (read) => {
      for (const number of [11_203, 11_206, 11_254, 11_079, 11_080, 12_094, 12_097]) {
        await expect(read(number - 1, 1)).rejects.toThrow(/address/i)
        await expect(read(number - 2, 2)).rejects.toThrow(/address/i)
      }
    }))
})

test('a read of several registers is one moment, however fast the town steps', async () => {
  const client = await foreignClient(server.port)
  const first = pointOf('meter1.flowTemperature')
  const seen = new Set<string>()
  for (let i = 0; i < 40; i++) {
    const reading = client.readHoldingRegisters(first.address, 10)
    physics.step(5)
    const { data } = await reading
    const words = (from: number) => data.slice(from).map((word) => word & 0xffff)
    const value = (id: string) => decode(pointOf(id), words(pointOf(id).address - first.address)).value ?? Number.NaN
    const [power, flow, warm, cold] = ['power', 'flow', 'flowTemperature', 'returnTemperature'].map((name) => value(`meter1.${name}`))
    seen.add(data.join())
    // kW, m³/h and K agree within what registers of 0.1 kW, 0.1 l/h and 0.01 K resolve and water weighs.
    expect(Math.abs((power ?? 0) - 1.14 * (flow ?? 0) * ((warm ?? 0) - (cold ?? 0)))).toBeLessThan(0.05 + 0.03 * (power ?? 0))
  }
  expect(seen.size).toBeGreaterThan(3)
  client.destroy(() => undefined)
})

test('a setting that is written over the wire acts: the reference at once, the flow within minutes', async () => {
  const client = await foreignClient(server.port)
  const read = async (id: string) => (await client.readHoldingRegisters(pointOf(id).address, 1)).data[0] ?? 0
  const before = { reference: await read('circuit1.flowReference'), flow: await read('circuit1.flow') }
  await client.writeRegister(pointOf('circuit1.slope').address, 18)
  expect(await read('circuit1.flowReference')).toBeGreaterThan(before.reference + 400)
  expect(await read('circuit1.flow')).toBe(before.flow)
  run(20)
  expect(await read('circuit1.flow')).toBeGreaterThan(before.flow + 300)
  await client.writeRegister(pointOf('circuit1.slope').address, 12)
  client.destroy(() => undefined)
})

test('another unit gets no answer, the service unit does', async () => {
  const client = await foreignClient(server.port)
  client.setTimeout(150)
  client.setID(7)
  await expect(client.readHoldingRegisters(37, 1)).rejects.toThrow(/timed out/i)
  client.setID(254)
  expect((await client.readInputRegisters(37, 1)).data).toEqual([1])
  client.destroy(() => undefined)
})

test('functions that the controller does not know are refused with exception 1', async () => {
  const client = await foreignClient(server.port)
  await expect(client.writeRegisters(11_174, [10])).rejects.toMatchObject({ modbusCode: 1 })
  await expect(client.readCoils(0, 1)).rejects.toMatchObject({ modbusCode: 1 })
  client.destroy(() => undefined)
})

// Serial number and production week belong to the station, not to the capture.
const own = new Set([36, 37, 2_099])

function wordsAt(address: number, words: ReadonlyMap<number, number>, as: string): number[] | undefined {
  const count = as === 'int64' ? 4 : as.endsWith('32') ? 2 : 1
  const found = Array.from({ length: count }, (_, i) => words.get(address + i))
  return found.every((word) => word !== undefined) ? found : undefined
}

/** Runs of numbers without a gap, each with its first number and length. */
function runsOf(numbers: number[]): [first: number, count: number][] {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === number && last[1] < 100) last[1]++
    else runs.push([number, 1])
  }
  return runs
}
