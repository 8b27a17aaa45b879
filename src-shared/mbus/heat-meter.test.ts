import { describe, expect, test } from 'vitest'
import { buildFrame } from './frame.ts'
import { heatMeterOf } from './heat-meter.ts'
import { decodeTelegram, type Telegram } from './telegram.ts'
import { bytesOf, frameBytes } from './testing/corpus.ts'

const real = (name: string) => heatMeterOf(decodeTelegram(frameBytes('valid', name)))

function telegramOf(text: string, maker = '24 40'): Telegram {
  const data = bytesOf(`78 56 34 12 ${maker} 01 04 55 00 00 00 ${text}`)
  return decodeTelegram(buildFrame({ kind: 'long', control: 0x08, address: 1, ci: 0x72, data }))
}
const made = (text: string, maker?: string) => heatMeterOf(telegramOf(text, maker))

const nothing = { energy: null, coolingEnergy: null, volume: null }
const noMeasurements = { power: null, flow: null, flowTemperature: null, returnTemperature: null, temperatureDifference: null }

describe('a real heat meter', () => {
  test('Kamstrup Multical 601', () => {
    const { storages, ...meter } = real('kamstrup_multical_601')
    expect(meter).toEqual({
      energy: 37351,
      coolingEnergy: null,
      volume: 561.08,
      power: 34.7,
      flow: 0.543,
      flowTemperature: 101.69,
      returnTemperature: 46.16,
      temperatureDifference: 55.53,
      operatingTime: null,
      onTime: 985 * 3600,
      infoCode: null,
      meterTime: '2011-01-05T15:26',
      summerTime: false,
      status: { byte: 0, application: 'none', powerLow: false, permanentError: false, temporaryError: false, maker: 0 },
      tariffs: [
        { tariff: 1, energy: 0, coolingEnergy: null, volume: null },
        { tariff: 2, energy: 0, coolingEnergy: null, volume: null },
      ],
      subunits: [
        { subunit: 1, ...nothing, ...noMeasurements, volume: 0 },
        { subunit: 2, ...nothing, ...noMeasurements, volume: 0 },
        { subunit: 3, ...nothing, ...noMeasurements, energy: 0 },
      ],
      billing: storages[0],
    })
    expect(storages).toEqual([
      {
        storage: 1,
        date: '2010-12-31',
        nextDate: null,
        energy: 33361,
        coolingEnergy: null,
        volume: 500.98,
        tariffs: [
          { tariff: 1, energy: 0, coolingEnergy: null, volume: null },
          { tariff: 2, energy: 0, coolingEnergy: null, volume: null },
        ],
      },
    ])
  })

  test('Engelmann SensoStar 2C counts in tenths of MWh and keeps two billing dates', () => {
    const meter = real('engelmann_sensostar2c')
    expect(meter).toMatchObject({ energy: 800, volume: 12.9, flowTemperature: 95, infoCode: 0n, operatingTime: 43718400 })
    expect(meter.storages.map(({ storage, date, energy }) => [storage, date, energy])).toEqual([
      [1, '2011-12-31', 800],
      [2, '2010-12-31', 500],
    ])
  })

  test('Itron CF 51 counts heat and cooling, and its broken sensors have no temperature', () => {
    expect(real('itron_cf_51')).toMatchObject({
      energy: 0,
      coolingEnergy: 0,
      power: null,
      flow: 0,
      flowTemperature: null,
      returnTemperature: null,
      temperatureDifference: null,
      status: { temporaryError: true },
      subunits: [
        { subunit: 1, volume: 321 },
        { subunit: 2, volume: 1.23 },
      ],
    })
  })

  test('EDC counts both directions apart, with nothing else', () => {
    expect(real('EDC')).toMatchObject({ energy: 35, coolingEnergy: 465, power: 0, flow: expect.closeTo(0.000707, 6) as number })
  })

  test('Minol Minocal WR3 reports an info code', () => {
    expect(real('minol_minocal_wr3')).toMatchObject({ infoCode: 4n, meterTime: '2012-01-13T12:01' })
  })

  test('Sensus PolluTherm without sensors has no temperatures, and neither has it any zero', () => {
    expect(real('SEN_Sensus-PolluTherm')).toMatchObject({ energy: 0, flowTemperature: null, temperatureDifference: null, infoCode: null })
  })

  test('the gas meter REL Padpuls2 has a last and a next billing date, and its own clock is not set', () => {
    expect(real('REL-Relay-Padpuls2')).toMatchObject({
      meterTime: null,
      billing: { date: '2014-12-31', nextDate: '2015-12-31', volume: 25973.82 },
    })
  })
})

describe('units become the canonical ones', () => {
  test.each([
    ['energy in J', '04 0F 01 00 00 00', { energy: 1e7 / 3.6e6 }],
    ['energy in GJ', '04 FB 09 24 00 00 00', { energy: 10000 }],
    ['energy in Gcal', '04 FB 0F 01 00 00 00', { energy: 116.3 }],
    ['power in J/h', '04 37 24 00 00 00', { power: 100 }],
    ['flow in m³ a minute', '04 46 01 00 00 00', { flow: 6 }],
    ['flow in m³ a second', '04 4E 01 00 00 00', { flow: 3.6 }],
  ])('%s', (_, text, values) => {
    const meter: Record<string, unknown> = made(text)
    for (const [name, value] of Object.entries(values)) expect(meter[name]).toBeCloseTo(value, 9)
  })

  test('a unit that is none of ours is not taken for one', () => {
    expect(made('04 FB 22 01 00 00 00 02 FB 58 01 00')).toMatchObject({ volume: null, flowTemperature: null })
  })
})

describe('only a plain value of now is one', () => {
  test('an empty answer is null throughout', () => {
    expect(made('')).toMatchObject({
      ...nothing,
      ...noMeasurements,
      infoCode: null,
      meterTime: null,
      billing: null,
      tariffs: [],
      storages: [],
    })
  })

  test.each([
    ['a maximum', '14 2B 01 00 00 00'],
    ['a value of an error state', '34 2B 01 00 00 00'],
    ['a value per pulse', '04 AB 28 01 00 00 00'],
    ['a value of one phase by the maker', '04 AB FF 01 01 00 00 00'],
    ['a value that is not there', '04 AB 15 01 00 00 00'],
    ['a limit', '04 AB 48 01 00 00 00'],
    ['a tariff', '84 10 2B 01 00 00 00'],
    ['a subunit', '84 40 2B 01 00 00 00'],
  ])('%s is not the power', (_, text) => {
    expect(made(text).power).toBeNull()
    expect(made(`${text} 04 2B E8 03 00 00`).power).toBe(1)
  })

  test('the date of a battery change is not the time of the meter', () => {
    expect(made('04 FD 70 1A 2F 65 11').meterTime).toBeNull()
  })

  test('Kamstrup sends its info code in a way of its own, which means nothing from others', () => {
    expect(made('04 FF 22 10 00 00 00', '2D 2C').infoCode).toBe(16n)
    expect(made('04 FF 22 10 00 00 00').infoCode).toBeNull()
    expect(made('07 FD 17 00 00 00 00 00 00 00 80').infoCode).toBe(2n ** 63n)
  })

  test('several telegrams of a meter are one answer', () => {
    const meter = heatMeterOf(telegramOf('04 06 01 00 00 00 1F'), telegramOf('04 13 E8 03 00 00'))
    expect(meter).toMatchObject({ energy: 1, volume: 1 })
  })
})
