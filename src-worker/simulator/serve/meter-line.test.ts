import { expect, test } from 'vitest'
import { heatMeterOf } from '#shared/mbus/heat-meter.ts'
import { decodeTelegram } from '#shared/mbus/telegram.ts'
import type { Fault, FaultKind } from '#shared/simulator/faults.ts'
import { paramsOf } from '#shared/simulator/faults.ts'
import { coastalClimate, type LineMeter } from '#shared/simulator/scenario.ts'
import { density, heatCapacity } from '../physics/water.ts'
import { createPhysics } from '../physics/physics.ts'
import { Controller } from '../image/controller.ts'
import { modelOf } from '../image/model.ts'
import { localTime } from '../physics/local-time.ts'
import { plainStation, shippedProfiles } from '../testing/demo-town.ts'
import { heatMeter } from './heat-meter.ts'
import { meterValues } from '../testing/meter-values.ts'

const start = Date.UTC(2026, 0, 22)
const name = 'Hallenbad'
const meter: LineMeter = {
  address: 1,
  serial: '71230001',
  manufacturer: 'KAM',
  version: 8,
  medium: 4,
  energy: 0,
  power: 10,
  seed: 3,
  station: name,
}

/** A house in winter, its meter on the line, and what a reader makes of its telegram. */
function house() {
  const physics = createPhysics({
    climate: coastalClimate,
    latitude: 51,
    houses: [{ name, seed: 5, flats: 40 }],
    network: { pipes: [{ id: 'n1', parent: -1, length: 100, diameter: 0.1, loss: 0.2 }], stations: [0] },
    start,
  })
  const station = plainStation({ name, seed: 5 })
  const zone = localTime(coastalClimate.timeZone)
  const controller = new Controller({ station, model: modelOf(station.profile), physics, index: 0, zone })
  controller.refresh()
  const delivered = physics.state(0).meter.serial
  const built = heatMeter(meter)
  const run = (seconds: number) => {
    for (let at = 0; at < seconds; at += 5) physics.step(5)
  }
  const look = () => {
    const telegram = decodeTelegram(built.telegram(physics.state(0).meter, physics.now, 1))
    const sum = (code: number) => {
      const value = telegram.records.find(({ maker }) => maker[0] === code)?.value
      return value?.kind === 'number' ? value.value : Number.NaN
    }
    return { ...heatMeterOf(telegram), energyIn: sum(7), energyOut: sum(8), serial: telegram.header.identity?.id }
  }
  const fault = (kind: FaultKind, params = {}): Fault => ({
    id: 'f1',
    kind,
    target: name,
    params: paramsOf(kind, params),
    from: start,
    to: null,
  })
  const profile = shippedProfiles().find(({ id }) => id === 'mbus/kamstrup-multical')
  if (!profile) throw new Error('no profile of a Multical')
  const source = { state: () => physics.state(0).meter, delivered: () => delivered }
  const values = () => new Map(meterValues(meter, profile, source)(physics.now).map((value, i) => [profile.points[i]?.id, value]))
  return { physics, run, look, fault, values }
}

test('energy on the wire grows by what power and by what the sums of volume and temperature say', () => {
  const { run, look } = house()
  run(3_600)
  const first = look()
  let [used, step] = [0, 30 / 3_600]
  for (let i = 0; i < 2_880; i++) {
    run(30)
    used += (look().power ?? Number.NaN) * step
  }
  const last = look()
  const energy = (last.energy ?? Number.NaN) - (first.energy ?? Number.NaN)
  expect(energy).toBeGreaterThan(100)
  // Power is that of the moment, and taps open and close in between.
  expect(Math.abs(used / energy - 1)).toBeLessThan(0.03)
  const sums = last.energyIn - first.energyIn - (last.energyOut - first.energyOut)
  const heat = (sums * density * heatCapacity) / 3.6e6
  // A kWh, and one of each sum, is not complete at either end.
  expect(Math.abs(heat - energy)).toBeLessThan(1 + 2 * 1.137)
  const volume = (last.volume ?? Number.NaN) - (first.volume ?? Number.NaN)
  expect((last.energyIn - first.energyIn) / volume).toBeGreaterThan(60)
})

test('values for the past are those of the meter at that moment', () => {
  const { run, look, values } = house()
  run(900)
  const told = look()
  expect(Object.fromEntries(values())).toMatchObject({
    energy: told.energy,
    volume: told.volume,
    power: told.power,
    flow: told.flow,
    flowTemperature: told.flowTemperature,
    returnTemperature: told.returnTemperature,
    onTime: told.onTime,
    meterSerial: 71_230_001,
  })
})

test('another meter in the place of the first is another number and begins where it begins', () => {
  const { physics, run, look, values, fault } = house()
  run(60)
  physics.hurt(fault('meterSwapped', { energy: 5 }))
  run(60)
  expect(look().energy).toBe(5)
  expect(values().get('meterSerial')).toBe(Number(look().serial))
  expect(look().serial).not.toBe('71230001')
})

test.each([
  ['meterFlowStuck', { power: 0, flow: 0, infoCode: 16n }],
  ['meterZeroes', { energy: 0, volume: 0, power: 0, flowTemperature: 0, infoCode: 8n }],
  ['meterSpike', { power: 8_000_000, infoCode: 0n }],
] as const)('%s is told as a real meter would', (kind, told) => {
  const { physics, run, look, fault } = house()
  run(60)
  physics.hurt(fault(kind))
  run(60)
  expect(look()).toMatchObject(told)
  physics.heal({ ...fault(kind), to: physics.now })
  run(60)
  expect(look().flowTemperature).toBeGreaterThan(60)
  expect(look()).toMatchObject({ infoCode: 0n })
})

test('an energy register that is full begins anew', () => {
  const { physics, run, look, fault } = house()
  run(60)
  const before = look().energy ?? Number.NaN
  physics.hurt(fault('meterRollover', { at: 1_000 }))
  run(60)
  expect(look().energy).toBe(before % 1_000)
})

test('gigajoules are told as gigajoules', () => {
  const { physics, run, look, fault } = house()
  run(60)
  const before = look().energy ?? Number.NaN
  physics.hurt(fault('meterUnitChanged'))
  run(30)
  // Hundredths of a gigajoule are coarser than kWh.
  expect(Math.abs((look().energy ?? Number.NaN) - before)).toBeLessThan(4)
  expect(Number.isInteger(look().energy)).toBe(false)
})
