import { expect, test } from 'vitest'
import { meaningOf } from '#shared/devices/codec.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { heatMeterOf } from '#shared/mbus/heat-meter.ts'
import { parseSelector, select } from '#shared/mbus/selector.ts'
import { decodeTelegram, type Telegram } from '#shared/mbus/telegram.ts'
import type { LineMeter } from '#shared/simulator/scenario.ts'
import { chance } from '../physics/noise.ts'
import type { MeterState } from '../physics/state.ts'
import { shippedProfiles } from '../testing/demo-town.ts'
import { heatMeter } from './heat-meter.ts'
import { loneMeter } from './lone-meter.ts'

const meter: LineMeter = { address: 3, serial: '71230003', manufacturer: 'KAM', version: 8, medium: 4, energy: 250_000, power: 40, seed: 5 }
const noon = Date.UTC(2026, 10, 22, 12)
const state: MeterState = {
  serial: 6_855_817,
  energy: 37_351.9,
  volume: 561.087,
  energyIn: 52_911.4,
  energyOut: 24_011.6,
  power: 34.74,
  flow: 0.5431,
  flowTemperature: 101.694,
  returnTemperature: 46.161,
  hours: 985.7,
  fault: false,
  gigajoules: false,
}
const decoded = (shown: MeterState, of: LineMeter = meter) => decodeTelegram(heatMeter(of).telegram(shown, noon, 7))

/** What the product makes of an answer for the points of a profile. */
function read(telegram: Telegram, { points }: FlatProfile): (number | null)[] {
  return points.map((point) => {
    const selector = parseSelector(point.from ?? '')
    const value = selector && select([telegram], selector, point.is).value
    return value === null ? null : meaningOf(point, value).value
  })
}

const heatProfiles = shippedProfiles().filter(({ id, protocol }) => protocol === 'mbus' && !/electricity|water/.test(id))

test('a meter says what it shows, its registers cut off and the rest to the nearest', () => {
  const telegram = decoded(state)
  expect(telegram.header).toMatchObject({ identity: { id: '06855817', manufacturer: 'KAM', version: 8, medium: 4 }, access: 7 })
  expect(heatMeterOf(telegram)).toMatchObject({
    energy: 37_351,
    volume: 561.08,
    power: 34.7,
    flow: 0.543,
    flowTemperature: 101.69,
    returnTemperature: 46.16,
    temperatureDifference: 55.53,
    onTime: 3_546_000,
    infoCode: 0n,
    meterTime: '2026-11-22T12:00',
    status: { byte: 0 },
  })
  const sums = [7, 8].map((code) => telegram.records.find(({ maker }) => maker.length === 1 && maker[0] === code)?.value)
  expect(sums).toEqual([
    { kind: 'number', value: 52_911 },
    { kind: 'number', value: 24_011 },
  ])
})

test.each(heatProfiles.map((profile) => [profile.id, profile] as const))(
  'values of %s without a telegram are those that the product reads out of one',
  (_, profile) => {
    const [manufacturer = 'ZZZ', medium = 4] = [profile.meter?.manufacturer, profile.meter?.media?.[0]]
    const of = { ...meter, manufacturer, medium }
    const reader = heatMeter(of).reader(profile)
    const answers = Array.from({ length: 60 }, (_, i): MeterState => {
      const any = (place: number, most: number) => chance(i, place) * most
      const spike = i % 10 === 9 ? 8_000_000 : 300
      return {
        serial: Math.floor(any(1, 99_999_999)),
        energy: any(2, 90_000_000),
        volume: any(3, 900_000),
        energyIn: any(4, 9e6),
        energyOut: any(5, 9e6),
        power: any(6, spike),
        flow: any(7, 20),
        flowTemperature: any(8, 120),
        returnTemperature: any(9, 70),
        hours: any(10, 90_000),
        fault: i % 4 === 1,
        gigajoules: i % 5 === 2,
      }
    })
    for (const shown of answers) expect(reader(shown)).toEqual(read(decoded(shown, of), profile))
    // Some points of a profile are of models that send more; energy and temperatures every one sends.
    const values = new Map(reader(state).map((value, i) => [profile.points[i]?.id, value]))
    expect(values.get('meterSerial')).toBe(6_855_817)
    if (!values.has('energy')) return
    expect(values.get('energy')).toBeGreaterThan(37_330)
    expect(values.get('flowTemperature')).toBeCloseTo(101.7, 0)
  },
)

test('a meter that was changed to gigajoules says so, and its energy is the same', () => {
  const telegram = decoded({ ...state, gigajoules: true })
  expect(telegram.records.find(({ quantity }) => quantity === 'energy')).toMatchObject({ unit: 'J', value: { value: 134_460_000_000 } })
  expect(heatMeterOf(telegram).energy).toBeCloseTo(37_350, 6)
})

test('a meter that cannot measure says it in its status and its info code, and some give no temperature at all', () => {
  const broken = { ...state, fault: true, power: 0, flow: 0 }
  expect(decoded(broken).header.status).toMatchObject({ temporaryError: true })
  expect(heatMeterOf(decoded(broken)).infoCode).toBe(16n)
  expect(heatMeterOf(decoded({ ...broken, flowTemperature: 0 })).infoCode).toBe(8n)
  const sensus = heatMeterOf(decoded(broken, { ...meter, manufacturer: 'SEN' }))
  expect(sensus).toMatchObject({ energy: 37_350, flowTemperature: null, returnTemperature: null, temperatureDifference: null })
})

test('another meter in its place answers with another number', () => {
  expect(decoded({ ...state, serial: 42 }).header.identity?.id).toBe('00000042')
})

test('registers of a meter without a station only grow, and grow by what its power says', () => {
  const step = 60_000
  const course = Array.from({ length: 1_441 }, (_, i) => loneMeter(meter, noon + i * step))
  const energies = course.map((shown) => heatMeterOf(decoded(shown)).energy ?? Number.NaN)
  energies.slice(1).forEach((energy, i) => expect(energy).toBeGreaterThanOrEqual(energies[i] ?? Number.NaN))
  const powers = course.map((shown) => heatMeterOf(decoded(shown)).power ?? Number.NaN)
  const integral = powers.slice(1).reduce((sum, power, i) => sum + ((power + (powers[i] ?? 0)) / 2) * (step / 3_600_000), 0)
  expect(Math.abs((energies.at(-1) ?? 0) - (energies[0] ?? 0) - integral)).toBeLessThan(1 + 24 * 0.05)
  expect(integral).toBeGreaterThan(900)
})

test('a meter without a station shows new values every half minute', () => {
  expect(loneMeter(meter, noon + 29_999)).toEqual(loneMeter(meter, noon))
  expect(loneMeter(meter, noon + 30_000)).not.toEqual(loneMeter(meter, noon))
})
