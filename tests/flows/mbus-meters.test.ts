import { expect, onTestFinished, test } from 'vitest'
import { buildFrame } from '../../src-shared/mbus/frame.ts'
import { SimulatedBus } from '../../src-worker/simulator/serve/mbus-bus.ts'
import type { MeterOptions } from '../../src-worker/simulator/serve/mbus-meter.ts'
import { longOf, realMeter, realTelegram } from './mbus-world.ts'
import { eventually, quarterHour, startWorld } from './world.ts'

const kamstrup = 'kamstrup_multical_601'
/** 20 s into a quarter hour, so that it is still to be stored. */
const ahead = quarterHour - (Date.now() % quarterHour) + 20_000
const clock = () => Date.now() + ahead

/** A Multical 601 with another serial number and another energy, in whole kWh. */
function multical(address: number, serial: string, energy: number): MeterOptions {
  const frame = longOf(realTelegram(kamstrup, serial))
  const at = frame.data.findIndex((byte, i) => byte === 0x04 && frame.data[i + 1] === 0x06) + 2
  const data = frame.data.slice()
  new DataView(data.buffer).setUint32(at, energy, true)
  const meter = realMeter(address, kamstrup, {}, serial)
  return { ...meter, telegrams: [buildFrame({ ...frame, data })] }
}

async function town(...meters: MeterOptions[]) {
  const bus = new SimulatedBus({ meters })
  const port = await bus.listen()
  onTestFinished(() => bus.close())
  const world = await startWorld({ clock })
  return { bus, call: world.call, line: { host: '127.0.0.1', port, way: 'mbus-tcp' as const }, world }
}

test('a meter is looked at, added, read and shown with all that it says', async () => {
  const { call, line } = await town(realMeter(5, kamstrup))
  const seen = await call('meters.look', { ...line, unit: 5 })
  expect(seen).toMatchObject({
    profile: 'mbus/kamstrup-multical',
    known: null,
    proposedName: 'Kamstrup Multical 601 · 06855817',
    telegram: { identity: { serial: '06855817', maker: 'KAM', medium: 'heatOutlet', version: 8 }, status: [], clock: '2011-01-05T15:26' },
  })
  expect(seen.telegram.records[1]).toMatchObject({
    place: 2,
    quantity: 'energy',
    value: 37351000,
    unit: 'Wh',
    storage: 0,
    function: 'instant',
  })
  expect(seen.telegram.raw[0]).toMatch(/^68 F7 F7 68 .* 16$/)

  const meter = await call('meters.add', { ...line, unit: 5, name: 'Main meter', place: 'Cellar' })
  expect(meter).toMatchObject({ way: 'direct', name: 'Main meter', power: 'mains', nextRead: null, recognised: true, changedTo: null })
  const [listed] = await eventually(
    () => call('meters.list', {}),
    (all) => all.length === 1,
  )
  expect(listed?.identity).toMatchObject({ serial: '06855817', maker: 'KAM' })
  const series = listed?.values.energy ?? -1
  const [reading] = await eventually(
    () => call('acquisition.latest', { series: [series] }),
    ([one]) => one?.value === 37351,
  )
  // The clock of the meter stands in 2011 and is not believed.
  expect(reading?.at).toBeGreaterThan(clock() - 60_000)
  expect((await call('meters.telegram', { id: meter.id })).telegram?.records).toHaveLength(27)
  expect((await call('meters.read', { id: meter.id })).records).toHaveLength(27)
  expect(await call('meters.look', { ...line, unit: 5 })).toMatchObject({ known: 'Main meter' })
}, 30_000)

test('a meter that no profile knows is read record by record, and marked so; its battery is spared', async () => {
  const { call, line, bus } = await town(realMeter(7, 'EFE_Engelmann-WaterStar'))
  const meter = await call('meters.add', { ...line, unit: 7, name: 'Water', power: 'battery' })
  expect(meter).toMatchObject({ recognised: false, power: 'battery', restMs: 24 * 3_600_000, reads: { used: 1, yearly: 365 } })
  const device = await call('devices.get', { id: meter.device })
  expect(device.points.map(({ id }) => id)).toContain('volume.perInputPulse0')
  // The quarter hour that it is, and then nothing for a day.
  const [rests] = await eventually(
    () => call('meters.list', {}),
    ([one]) => one?.reads?.used === 2,
  )
  expect(rests?.nextRead).toBeGreaterThan(clock() + 23 * 3_600_000)
  expect(bus.requests).toBe(4)
  await call('meters.read', { id: meter.id })
  const [after] = await call('meters.list', {})
  expect(after?.reads?.used).toBe(3)
  expect(bus.requests).toBe(6)
  await call('meters.change', { id: meter.id, power: 'mains' })
  await eventually(
    () => bus.requests,
    (requests) => requests > 6,
  )
  expect((await call('meters.list', {}))[0]).toMatchObject({ power: 'mains', reads: null, nextRead: null })
}, 30_000)

test('another meter in the same place is noticed, noted, and nothing is lost or counted twice', async () => {
  const { call, line, bus } = await town(multical(5, '06855817', 1000))
  const { id, values } = await call('meters.add', { ...line, unit: 5, name: 'Main meter' })
  const series = values.energy ?? -1
  const range = { series, from: clock() - quarterHour, to: clock() + quarterHour }
  await eventually(
    () => call('history.readings', range),
    ({ value }) => value.includes(1000),
  )
  bus.replace(0, multical(5, '06855818', 3))
  await call('meters.read', { id })
  const [changed] = await eventually(
    () => call('meters.list', {}),
    ([meter]) => meter?.changedTo !== null,
  )
  expect(changed?.changedTo?.serial).toBe('06855818')
  const [unknown] = await call('meters.consumption', { meter: [id] })
  expect(unknown?.today).toMatchObject({ value: 0, complete: false, exchanges: 1 })

  const proposal = await call('meters.proposal', { id })
  expect(proposal).toMatchObject({ oldSerial: '06855817', newSerial: '06855818', finalEnergy: 1000, firstEnergy: 3 })
  const { oldSerial: _, ...asked } = proposal
  const replace = (change: Partial<typeof asked>) => call('meters.replace', { id, ...asked, ...change, reason: 'calibration' })
  await expect(replace({ finalEnergy: 900 })).rejects.toMatchObject({ code: 'meter.indexMisfit' })
  await expect(replace({ firstEnergy: 500 })).rejects.toMatchObject({ code: 'meter.indexMisfit' })
  await expect(replace({ at: clock() + quarterHour })).rejects.toMatchObject({ code: 'input.invalid' })
  const after = await replace({ finalEnergy: 1004, firstEnergy: 1 })
  expect(after).toMatchObject({ changedTo: null, identity: { serial: '06855818' }, values: { energy: series } })
  const [used] = await call('meters.consumption', { meter: [id] })
  expect(used?.today).toMatchObject({ value: 6, exchanges: 1 })
  const events = await call('meters.events', { id })
  expect(events.map(({ kind }) => kind)).toEqual(['replaced', 'otherSerial', 'seen'])
  expect(events[0]?.detail).toMatchObject({ oldSerial: '06855817', finalEnergy: 1004, reason: 'calibration' })
}, 60_000)

test('a scan runs in the background, and what it found can be added', async () => {
  const { call, line } = await town(realMeter(5, kamstrup), realMeter(6, 'itron_cf_51'))
  expect(await call('meters.scan', { ...line, by: 'primary', from: 5, to: 6 })).toMatchObject({ state: 'running' })
  await expect(call('meters.scan', { ...line, by: 'primary' })).rejects.toMatchObject({ code: 'busy' })
  const { meters } = await eventually(
    () => call('meters.scanState', {}),
    ({ state }) => state === 'done',
  )
  expect(meters.map(({ address, profileTitle }) => [address.unit, profileTitle])).toEqual([
    [5, 'Kamstrup Multical 601'],
    [6, 'Itron CF 51'],
  ])
  const second = await call('meters.scan', { ...line, by: 'secondary', within: '11FFFFFF' })
  expect(second.meters).toEqual([])
  const found = await eventually(
    () => call('meters.scanState', {}),
    ({ state }) => state === 'done',
  )
  const [itron] = found.meters
  expect(itron?.address).toMatchObject({ unit: 253, member: '11155185 ACW 0A 0D' })
  const added = await call('meters.add', { ...line, ...itron?.address, name: 'Hot water' })
  expect(added.identity).toMatchObject({ serial: '11155185', medium: 'heatCooling' })
  await call('meters.scan', { ...line, by: 'primary' })
  await call('meters.scanStop', {})
  expect(await call('meters.scanState', {})).toMatchObject({ state: 'cancelled' })
}, 60_000)

test('what is no meter is told as what it is', async () => {
  const { call, line } = await town(realMeter(5, kamstrup))
  await expect(call('meters.look', { ...line, way: 'modbus-tcp', unit: 5 })).rejects.toMatchObject({ code: 'input.invalid' })
  await expect(call('meters.look', { ...line, unit: 9 })).rejects.toMatchObject({ code: 'device.silent' })
  await expect(call('meters.read', { id: 'nobody' })).rejects.toMatchObject({ code: 'notFound' })
}, 30_000)
