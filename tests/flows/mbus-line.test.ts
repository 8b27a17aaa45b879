import { expect, onTestFinished, test } from 'vitest'
import type { MeterAnswer, Spare, Task } from '../../src-shared/acquisition/port.ts'
import type { Point } from '../../src-shared/devices/profile.ts'
import { rowOf, type SeriesReading } from '../../src-shared/reading.ts'
import { selectionOf, selectionText } from '../../src-shared/mbus/address.ts'
import type { Baud } from '../../src-shared/mbus/baud.ts'
import { decodeTelegram } from '../../src-shared/mbus/telegram.ts'
import { Fleet } from '../../src-worker/acquisition/fleet.ts'
import { usualTiming } from '../../src-worker/acquisition/timing.ts'
import { SimulatedBus } from '../../src-worker/simulator/serve/mbus-bus.ts'
import type { MeterOptions } from '../../src-worker/simulator/serve/mbus-meter.ts'
import { realMeter } from './mbus-world.ts'

const kamstrup = 'kamstrup_multical_601'
const itron = 'itron_cf_51'
/** 13 minutes after a quarter hour, when nothing is to be stored. */
const start = Date.UTC(2026, 9, 5, 12, 13)

const point = (id: string, from: string, is: Point['is'], address: number): Point => ({
  id,
  from,
  address: 2 * address,
  number: address + 1,
  area: 'holding',
  as: 'float32',
  swap: false,
  bit: undefined,
  bits: 1,
  scale: 1,
  offset: 0,
  is,
  role: 'measure',
  title: undefined,
  text: undefined,
  faults: [],
  off: undefined,
  values: undefined,
  write: undefined,
  unverified: false,
})
const points = [point('energy', 'energy', 'energy', 0), point('flowTemperature', 'flowTemperature', 'temperature', 1)]
const limits = { block: 1, gap: 0, functions: [] }

async function town(...meters: MeterOptions[]) {
  const bus = new SimulatedBus({ meters })
  const port = await bus.listen()
  onTestFinished(() => bus.close())
  const heard: SeriesReading[] = []
  const scans: { done: number; found: number }[] = []
  const began = performance.now()
  let ahead = 0
  const fleet = new Fleet(
    (event, data) => {
      if (event === 'meterScan') scans.push(data as { done: number; found: number })
      if (event !== 'readings') return
      const { batch } = data as { batch: Parameters<typeof rowOf>[0] }
      for (let i = 0; i < batch.series.length; i++) heard.push(rowOf(batch, i))
    },
    () => start + ahead + Math.floor(performance.now() - began),
    { ...usualTiming, reportMs: 20 },
  )
  onTestFinished(() => fleet.stop())
  const address = { host: '127.0.0.1', port, unit: 0, way: 'mbus-tcp' as const }
  const add = (device: string, unit: number, member?: string, spare: Spare = { watchMs: 60_000, restMs: 0, lastRead: null }) => {
    const series = device === 'a' ? [1, 2] : [3, 4]
    const base = { device, address: { ...address, unit, member }, protocol: 'mbus', limits, points, series, unserved: [] } as const
    const task: Task = { ...base, spare, lastSlot: spare.restMs > 0 ? start - 13 * 60_000 : null }
    void fleet.handlers.add(task)
  }
  const last = (series: number) => heard.findLast((one) => one.series === series)
  return { bus, fleet, address, add, last, heard, scans, pass: (ms: number) => (ahead += ms) }
}

test('two meters behind one converter are read as devices, one by its primary and one by its secondary address', async () => {
  const { add, last, bus } = await town(realMeter(5, kamstrup), realMeter(6, itron))
  add('a', 5)
  add('b', 253, '11155185 ACW 0A 0D')
  await expect.poll(() => last(1)?.value, { timeout: 10_000 }).toBe(37351)
  await expect.poll(() => last(3)?.value, { timeout: 10_000 }).toBe(0)
  expect(last(2)).toMatchObject({ value: 101.69, quality: 'good' })
  // The meter kept 999.9 °C from the time of an error, which is nothing that is measured now.
  expect(last(4)).toMatchObject({ value: null, quality: 'fault' })
  expect(bus.meters[0]?.heard.length).toBeGreaterThan(0)
})

test('a converter that closes the connection between two reads takes no device out of contact', async () => {
  const { add, last, bus, fleet } = await town(realMeter(5, kamstrup))
  add('a', 5)
  await expect.poll(() => last(1)?.value, { timeout: 10_000 }).toBe(37351)
  bus.drop()
  await new Promise((resolve) => setImmediate(resolve))
  expect(await fleet.handlers.readNow({ device: 'a', points: ['energy'] })).toMatchObject({ value: [37351] })
})

test('a meter with a battery is left alone however long somebody looks, and read when a person says so', async () => {
  const { add, bus, fleet, pass } = await town(realMeter(5, kamstrup))
  add('a', 5, undefined, { watchMs: 60_000, restMs: 24 * 3_600_000, lastRead: null })
  void fleet.handlers.watch({ series: [1, 2] })
  pass(10_000)
  void fleet.handlers.watch({ series: [1] })
  await new Promise((resolve) => setImmediate(resolve))
  expect(bus.requests).toBe(0)
  expect(await fleet.handlers.readNow({ device: 'a', points: ['energy'] })).toMatchObject({ value: [37351] })
  expect(bus.requests).toBe(2)
})

test('the whole answer can be looked at without asking the meter again', async () => {
  const { add, last, bus, fleet, address } = await town(realMeter(5, kamstrup))
  const at = { ...address, unit: 5 }
  add('a', 5)
  await expect.poll(() => last(1)?.value, { timeout: 10_000 }).toBe(37351)
  const before = bus.requests
  const ask = (fresh: boolean) => fleet.handlers.meterAnswer({ address: at, fresh }) as Promise<MeterAnswer | null>
  const kept = await ask(false)
  expect(bus.requests).toBe(before)
  expect(kept?.frames.map((frame) => decodeTelegram(frame).records.length)).toEqual([27])
  const fresh = await ask(true)
  expect(bus.requests).toBe(before + 2)
  expect(fresh?.frames).toEqual(kept?.frames)
})

type Found = { meters: { unit: number; member: string | null; frame: Uint8Array }[]; unclear: string[] }

test('a scan finds what is there, tells how far it is, and lets the others on the line be read', async () => {
  const { add, last, fleet, address, scans } = await town(realMeter(5, kamstrup), realMeter(6, itron))
  add('a', 5)
  const scan = fleet.handlers.meterScan({ address, by: 'primary', from: 4, to: 9 }) as Promise<Found>
  await expect.poll(() => last(1)?.value, { timeout: 20_000 }).toBe(37351)
  expect(scans.at(-1)?.done).toBeLessThan(1)
  const { meters, unclear } = await scan
  expect(meters.map(({ unit, member }) => [unit, member])).toEqual([
    [5, null],
    [6, null],
  ])
  expect(unclear).toEqual([])
  expect(scans.at(-1)).toMatchObject({ done: 1, found: 2 })
})

test('a scan by secondary address brings the one that each meter can be read with', async () => {
  const { fleet, address, scans } = await town(realMeter(5, kamstrup), realMeter(6, itron))
  const { meters } = await (fleet.handlers.meterScan({ address, by: 'secondary', within: '06FFFFFF' }) as Promise<Found>)
  const [found] = meters
  const { identity } = decodeTelegram(found?.frame ?? new Uint8Array()).header
  expect(meters.map(({ member }) => member)).toEqual([identity && selectionText(selectionOf(identity))])
  expect(scans.at(-1)).toMatchObject({ done: 1, found: 1 })
})

test('a scan is stopped by whoever began it, and there is one at a time', async () => {
  const { fleet, address, bus } = await town(realMeter(5, kamstrup))
  const scan = Promise.resolve(fleet.handlers.meterScan({ address, by: 'primary', from: 100, to: 250 })).catch((error: unknown) => error)
  await expect.poll(() => bus.requests, { timeout: 10_000 }).toBeGreaterThan(0)
  await expect(Promise.resolve(fleet.handlers.meterScan({ address, by: 'primary' }))).rejects.toMatchObject({ code: 'busy' })
  void fleet.handlers.meterScanStop({})
  expect(await scan).toMatchObject({ code: 'cancelled' })
})

test('the speed of a line that a converter sets is not switched from here', async () => {
  const { fleet, address } = await town(realMeter(5, kamstrup))
  const baud: Baud = 9600
  const asked = Promise.resolve(fleet.handlers.meterBaud({ address: { ...address, unit: 5 }, baud }))
  await expect(asked).rejects.toMatchObject({ code: 'input.invalid' })
})
