import { expect, onTestFinished, test } from 'vitest'
import type { FlatProfile } from '../../src-shared/devices/profile.ts'
import { recogniseMeter } from '../../src-shared/mbus/recognise.ts'
import { selectionText } from '../../src-shared/mbus/address.ts'
import type { LineMeter } from '../../src-shared/simulator/scenario.ts'
import { MbusDriver } from '../../src-worker/acquisition/drivers/mbus-driver.ts'
import { openMeterLine, type MeterSource } from '../../src-worker/simulator/serve/meter-line.ts'
import { meterValues } from '../../src-worker/simulator/testing/meter-values.ts'
import type { MeterState } from '../../src-worker/simulator/physics/state.ts'
import { shippedProfiles } from '../../src-worker/simulator/testing/demo-town.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const good = { offline: false, noAnswer: false, frozen: false }
const station = 'Vestergade 4'
const meters: LineMeter[] = [
  { address: 1, serial: '71230001', manufacturer: 'KAM', version: 8, medium: 4, energy: 0, power: 10, seed: 3, station },
  { address: 2, serial: '24350104', manufacturer: 'SEN', version: 11, medium: 4, energy: 240_300, power: 44, seed: 15 },
  { address: 3, serial: '11150105', manufacturer: 'ACW', version: 10, medium: 13, energy: 61_200, power: 12, seed: 20 },
]

function profileOf({ manufacturer, version, medium, serial }: LineMeter): FlatProfile {
  const profile = recogniseMeter(shippedProfiles(), { id: serial, manufacturer, version, medium })
  if (!profile) throw new Error(`${manufacturer} is not recognised`)
  return profile
}

async function town() {
  let at = noon
  const shown: MeterState = {
    serial: 60_012_345,
    energy: 37_351.9,
    volume: 561.08,
    energyIn: 52_911,
    energyOut: 24_011,
    power: 34.7,
    flow: 0.543,
    flowTemperature: 81.69,
    returnTemperature: 36.16,
    hours: 985,
    fault: false,
    gigajoules: false,
  }
  const source: MeterSource = { state: () => ({ ...shown }), delivered: () => 60_012_345 }
  const line = await openMeterLine({ ...source, meters, clock: () => at, offset: () => 3_600_000, host: '127.0.0.1', port: 0 })
  onTestFinished(() => line.close())
  const address = { host: '127.0.0.1', port: line.port, unit: 1, way: 'mbus-tcp' as const }
  const driver = new MbusDriver({ ...address, address, clock: () => at, connectMs: 5_000, answerMs: 5_000, onClose: () => {} })
  onTestFinished(() => driver.close())
  const read = async (place: number, member?: string) => {
    const meter = meters[place] ?? meters[0]
    if (!meter) throw new Error('no such meter')
    const { points } = profileOf(meter)
    const { value } = await driver.readValues({ unit: meter.address, member }, points)
    return Object.fromEntries(points.map(({ id }, i) => [id, value[i] ?? Number.NaN]))
  }
  const expected = (place: number) => {
    const meter = meters[place] ?? meters[0]
    if (!meter) throw new Error('no such meter')
    const profile = profileOf(meter)
    const values = meterValues(meter, profile, source)(at)
    return Object.fromEntries(profile.points.map(({ id }, i) => [id, values[i] ?? Number.NaN]))
  }
  return { line, driver, shown, read, expected, pass: (ms: number) => (at += ms) }
}

const secondary = (serial: string) => selectionText({ id: serial, manufacturer: 'KAM', version: 8, medium: 4 })

test('meters of a town are read by the product, and give what is recorded of them without a line', async () => {
  const { read, expected, driver } = await town()
  for (const place of [0, 1, 2]) expect(await read(place)).toEqual(expected(place))
  expect(await read(0)).toMatchObject({ energy: 37_351, volume: 561.08, power: 34.7, flowTemperature: 81.69, meterSerial: 71_230_001 })
  expect(await read(0, secondary('71230001'))).toMatchObject({ energy: 37_351 })
  const { telegrams } = (await driver.readOut({ unit: 1 })).readout
  const clock = telegrams[0]?.records.find(({ quantity }) => quantity === 'dateTime')?.value
  expect(clock).toMatchObject({ dateTime: '2026-11-22T13:00' })
})

test('a meter shows what its station uses, from one look to the next', async () => {
  const { read, shown } = await town()
  await read(0)
  Object.assign(shown, { energy: 37_353, power: 12.04 })
  expect(await read(0)).toMatchObject({ energy: 37_353, power: 12 })
})

test('another meter in the place of one answers to its own number alone', async () => {
  const { read, shown } = await town()
  Object.assign(shown, { serial: 60_013_716, energy: 0 })
  expect(await read(0)).toMatchObject({ meterSerial: 60_013_716, energy: 0 })
  expect(await read(0, secondary('60013716'))).toMatchObject({ energy: 0 })
  await expect(read(0, secondary('71230001'))).rejects.toMatchObject({ code: 'device.silent' })
})

test('faults of a meter reach the product: zeroes, a spike, a register that began anew, gigajoules', async () => {
  const { read, shown } = await town()
  const well = { ...shown }
  Object.assign(shown, { energy: 0, volume: 0, flowTemperature: 0, returnTemperature: 0, fault: true })
  expect(await read(0)).toMatchObject({ energy: 0, volume: 0, flowTemperature: 0, meterStatus: 16 })
  Object.assign(shown, well, { power: 8_000_000 })
  expect(await read(0)).toMatchObject({ power: 8_000_000, meterStatus: 0 })
  Object.assign(shown, well, { energy: 12.4 })
  expect(await read(0)).toMatchObject({ energy: 12 })
  Object.assign(shown, well, { gigajoules: true })
  expect((await read(0))['energy']).toBeCloseTo(37_350, 3)
})

test('a meter that is frozen says the same again and again, one that is gone says nothing, and both come back', async () => {
  const { line, read, shown, pass, expected } = await town()
  await read(0)
  line.contact(0, { ...good, frozen: true })
  shown.energy = 40_000
  pass(3_600_000)
  expect(await read(0)).toMatchObject({ energy: 37_351 })
  expect(await read(1)).toEqual(expected(1))
  line.contact(0, { ...good, offline: true })
  await expect(read(0)).rejects.toMatchObject({ code: 'device.silent' })
  expect(await read(1)).toEqual(expected(1))
  line.contact(0, good)
  expect(await read(0)).toMatchObject({ energy: 40_000 })
})

test('a port that is taken is said, and nothing stays open', async () => {
  const { line } = await town()
  const source: MeterSource = { state: () => ({}) as MeterState, delivered: () => 0 }
  const again = openMeterLine({ ...source, meters, clock: () => noon, offset: () => 0, host: '127.0.0.1', port: line.port })
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
