import { describe, expect, test } from 'vitest'
import { demoTown, plainStation } from '../testing/demo-town.ts'
import { loneStation } from '../testing/lone-station.ts'

const minute = 60_000
const hour = 60 * minute
const evening = Date.UTC(2025, 0, 15, 18)
const { profile } = plainStation()
const number = (value: number | null) => value ?? Number.NaN

describe('a setting that somebody writes', () => {
  test('a steeper slope raises reference and heat curve at once, and the flow within minutes', () => {
    const { run, read, write } = loneStation()
    run(60)
    const before = {
      reference: number(read('circuit1.flowReference')),
      flow: number(read('circuit1.flow')),
      zero: number(read('circuit1.curve.zero')),
    }
    expect(write('circuit1.slope', 1.5)).toBe('done')
    expect(read('circuit1.slope')).toBe(1.5)
    expect(read('circuit1.curve.zero')).toBeGreaterThan(before.zero + 5)
    expect(read('circuit1.flowReference')).toBeGreaterThan(before.reference + 5)
    expect(Math.abs(number(read('circuit1.flow')) - before.flow)).toBeLessThan(1)
    run(30)
    expect(read('circuit1.flow')).toBeGreaterThan(before.flow + 5)
  })

  test('a point of the heat curve bends the curve there', () => {
    const { run, read, write } = loneStation()
    run(10)
    const before = number(read('circuit1.flowReference'))
    for (const name of ['minus15', 'minus5', 'zero', 'plus5']) write(`circuit1.curve.${name}`, 35)
    expect(read('circuit1.flowReference')).toBeLessThan(before - 5)
  })

  test('modes change status, reference and pump', () => {
    const { run, read, write } = loneStation()
    run(30)
    expect([read('circuit1.mode'), read('circuit1.status'), read('relay2')]).toEqual([1, 2, 1])
    const comfort = number(read('circuit1.flowReference'))
    write('circuit1.mode', 3)
    expect([read('circuit1.mode'), read('circuit1.status')]).toEqual([3, 0])
    expect(read('circuit1.flowReference')).toBeLessThan(comfort - 5)
    write('circuit1.mode', 4)
    expect([read('circuit1.flowReference'), read('relay2'), read('triac4')]).toEqual([10, 0, 1])
    run(12 * 60)
    expect(read('circuit1.flow')).toBeLessThan(30)
  })

  test('the cut-out stops heating when it is warmer than that', () => {
    const { run, read, write } = loneStation({}, Date.UTC(2025, 3, 15))
    run(10)
    expect([read('relay2'), read('circuit1.limiter.heatCutOut')]).toEqual([1, 0])
    write('circuit1.heatCutOut', 1)
    run(1)
    expect([read('relay2'), read('circuit1.limiter.heatCutOut'), read('circuit1.flowReference')]).toEqual([0, 3, 10])
  })

  test('a lower return limit lowers the reference until the return keeps it', () => {
    const { run, read, write } = loneStation()
    run(60)
    const before = { reference: number(read('circuit1.flowReference')), return: number(read('circuit1.return')) }
    for (const id of ['low', 'high']) write(`circuit1.returnLimit.${id}`, 25)
    expect(read('circuit1.returnReference')).toBe(25)
    run(60)
    expect(read('circuit1.limiter.return')).toBe(2)
    expect(read('circuit1.flowReference')).toBeLessThan(before.reference - 2)
    expect(read('circuit1.return')).toBeLessThan(before.return)
  })

  test('a week program turns comfort off where it says so', () => {
    const { goTo, read, write } = loneStation()
    expect(read('circuit1.status')).toBe(2)
    expect(write('circuit1.schedule.wednesday.stop1', 1_830)).toBe('done')
    expect(read('circuit1.status')).toBe(0)
    expect(write('circuit1.schedule.wednesday.stop1', 2_000)).toBe('done')
    goTo(Date.UTC(2025, 0, 15, 18, 59, 50))
    expect(read('circuit1.status')).toBe(2)
    goTo(Date.UTC(2025, 0, 15, 19, 0, 10))
    expect(read('circuit1.status')).toBe(0)
  })

  test('hot water goes to its new set point, and disinfection raises it at its hour', () => {
    const { goTo, read, write } = loneStation()
    write('hotWater.comfort', 60)
    goTo(evening + hour)
    expect(read('hotWater.flow')).toBeGreaterThan(56)
    write('hotWater.antiBacteria.days', 0b0001000)
    write('hotWater.antiBacteria.start', 2 * 3_600)
    write('hotWater.antiBacteria.temperature', 70)
    goTo(Date.UTC(2025, 0, 16, 0, 58))
    expect(read('hotWater.flowReference')).toBe(60)
    goTo(Date.UTC(2025, 0, 16, 1, 30))
    expect(read('hotWater.flowReference')).toBe(70)
    goTo(Date.UTC(2025, 0, 16, 3, 2))
    expect(read('hotWater.flowReference')).toBe(60)
  })

  test('the meter counts on through all changes, slower when heating stands still', () => {
    const { goTo, read, write } = loneStation()
    let now = evening
    const hourly = (hours: number) => {
      const from = number(read('meter1.energy'))
      goTo((now += hours * hour))
      return (number(read('meter1.energy')) - from) / hours
    }
    const usual = hourly(24)
    write('circuit1.mode', 4)
    const frost = hourly(24)
    write('circuit1.mode', 2)
    write('circuit1.comfort', 25)
    const warm = hourly(24)
    expect([usual > 2, frost < usual / 2, warm > usual]).toEqual([true, true, true])
  })

  test('a relay that is forced stays so until it is released', () => {
    const { run, read, write } = loneStation()
    run(10)
    const mask = () => (number(read('outputMask')) >> 6) & 0b111
    expect([read('relay2'), read('relay3'), mask()]).toEqual([1, 0, 0b011])
    write('relay2.override', 1)
    write('relay3.override', 2)
    expect([read('relay2'), read('relay3'), mask()]).toEqual([0, 1, 0b101])
    write('relay2.override', 0)
    expect([read('relay2'), read('relay2.override'), read('relay3.override')]).toEqual([1, 0, 2])
  })
})

describe('a write that the device refuses', () => {
  test.each([
    ['a slope above its range', 'circuit1.slope', 41, 3],
    ['a slope below its range', 'circuit1.slope', 0, 3],
    ['a negative number where there is none', 'circuit1.comfort', 0xffff, 3],
    ['a mode that is not', 'circuit1.mode', 5, 3],
    ['manual mode', 'circuit1.mode', 0, 3],
    ['a time off the grid of half hours', 'circuit1.schedule.monday.start1', 615, 3],
    ['a time after midnight', 'circuit1.schedule.monday.start1', 2_430, 3],
    ['a sensor', 'outdoor', 100, 2],
    ['an identity', 'identity.serial', 1, 2],
    ['a relay itself', 'relay1', 1, 2],
  ])('%s', (_what, id, raw, exception) => {
    const { controller, pointOf } = loneStation()
    controller.refresh()
    const before = controller.read('holding', pointOf(id).address)
    expect(controller.write('holding', pointOf(id).address, [raw])).toBe(exception)
    expect(controller.read('holding', pointOf(id).address)).toBe(before)
  })

  test('a register that is not served', () => {
    const { controller } = loneStation()
    const [register = 0] = profile.unserved ?? []
    expect(controller.write('holding', register - profile.firstRegister, [1])).toBe(2)
    expect(controller.write('holding', 60_001, [1])).toBe(2)
  })

  test('OFF is taken where the point knows it, though it lies outside the range', () => {
    const { read, controller, pointOf } = loneStation()
    expect(controller.write('holding', pointOf('circuit1.heatCutOut').address, [0])).toBe('done')
    expect(read('circuit1.heatCutOut')).toBe(0)
    expect(controller.write('holding', pointOf('circuit1.optimizer').address, [9])).toBe('done')
    expect(controller.write('holding', pointOf('circuit1.optimizer').address, [8])).toBe(3)
  })
})

describe('the clock', () => {
  const fields = ['year', 'month', 'day', 'hour', 'minute'].map((field) => `clock.${field}`)

  test('shows local time and moves on, through the nights when clocks change', () => {
    const { goTo, read } = loneStation({}, Date.UTC(2025, 2, 30, 0, 59))
    expect(fields.map(read)).toEqual([2025, 3, 30, 1, 59])
    goTo(Date.UTC(2025, 2, 30, 1))
    expect(fields.map(read)).toEqual([2025, 3, 30, 3, 0])
    goTo(Date.UTC(2025, 11, 31, 23))
    expect(fields.map(read)).toEqual([2026, 1, 1, 0, 0])
  })

  test('can be set field by field, runs on from there with its seconds at zero, and moves the week program', () => {
    const { goTo, read, write } = loneStation({}, Date.UTC(2025, 0, 15, 18, 10, 42))
    expect([read('clock.hour'), read('clock.minute'), read('circuit1.status')]).toEqual([19, 10, 2])
    expect(write('clock.hour', 3)).toBe('done')
    expect([read('clock.hour'), read('clock.minute'), read('circuit1.status')]).toEqual([3, 10, 0])
    goTo(Date.UTC(2025, 0, 15, 18, 11, 41))
    expect(read('clock.minute')).toBe(10)
    goTo(Date.UTC(2025, 0, 15, 18, 11, 42))
    expect(read('clock.minute')).toBe(11)
  })

  test('refuses a date that is not, after every single write', () => {
    const { read, write } = loneStation({}, Date.UTC(2025, 0, 31, 12))
    expect(write('clock.month', 2)).toBe(3)
    expect(write('clock.day', 28)).toBe('done')
    expect(write('clock.month', 2)).toBe('done')
    expect(write('clock.day', 29)).toBe(3)
    expect(write('clock.year', 2028)).toBe('done')
    expect(write('clock.day', 29)).toBe('done')
    expect(fields.map(read)).toEqual([2028, 2, 29, 13, 0])
  })
})

describe('poke', () => {
  test('holds a sensor where it is put while the others move on', () => {
    const { goTo, read, poke } = loneStation()
    poke('outdoor', 19_200)
    const before = read('circuit1.flow')
    goTo(evening + 5 * hour)
    expect(read('outdoor')).toBe(null)
    expect(read('circuit1.flow')).not.toBe(before)
    poke('outdoor', 0xfe0c)
    expect(read('outdoor')).toBe(-5)
  })

  test('of a setting is what somebody does at the controller: values follow, and it can be written again', () => {
    const { read, poke, write } = loneStation()
    const before = read('circuit1.flowReference') ?? 0
    poke('circuit1.slope', 25)
    expect(read('circuit1.flowReference')).toBeGreaterThan(before + 5)
    expect(write('circuit1.slope', 1.2)).toBe('done')
    expect(read('circuit1.flowReference')).toBe(before)
  })

  test('brings manual mode, which stops both circuits, and writing a mode ends it', () => {
    const { read, poke, write } = loneStation()
    poke('circuit1.mode', 0)
    expect([read('circuit1.mode'), read('hotWater.mode'), read('relay1'), read('relay2')]).toEqual([0, 2, 0, 0])
    write('circuit1.mode', 1)
    expect([read('circuit1.mode'), read('hotWater.mode'), read('relay1'), read('relay2')]).toEqual([1, 2, 1, 1])
  })
})

describe('furnishing', () => {
  test('a station says who it is', () => {
    const { read } = loneStation({ orderCode: 3_020, serial: 4_000_000_001, firmware: '1.56' })
    expect([read('identity.orderCode'), read('identity.serial'), read('identity.firmware')]).toEqual([3_020, 4_000_000_001, 256 + 56])
  })

  test('settings of the scenario stand in the registers, and the heat curve fits the slope', () => {
    const { read } = loneStation({ settings: { 'circuit1.slope': 1.5, 'hotWater.comfort': 58, 'circuit1.curve.zero': 61 } })
    expect([read('circuit1.slope'), read('hotWater.comfort')]).toEqual([1.5, 58])
    expect([read('circuit1.curve.minus5'), read('circuit1.curve.zero'), read('circuit1.curve.plus5')]).toEqual([63, 61, 48])
  })

  test.each([
    [{ 'circuit1.slope': 9 }, /"circuit1.slope" is 9, its controller takes 0.1 to 4/],
    [{ 'circuit9.slope': 1 }, /"circuit9.slope" is not one/],
    [{ outdoor: 1 }, /"outdoor" is not one/],
  ])('a setting that the controller would not take is an error: %o', (settings, message) => {
    expect(() => loneStation({ settings })).toThrow(message)
  })

  test('a point whose register is known not to be served is not laid out', () => {
    const { number: register, address } = loneStation().pointOf('meter1.power')
    const { controller } = loneStation({ profile: { ...profile, unserved: [register + 1] } })
    controller.refresh()
    expect([-1, 0, 1, 2].map((i) => controller.read('holding', address + i))).toEqual([
      expect.any(Number),
      undefined,
      undefined,
      expect.any(Number),
    ])
    expect(controller.wordsOf(loneStation().pointOf('meter1.power'))).toBe(undefined)
  })

  test('every controller of the demo town takes the settings of its station', () => {
    for (const station of demoTown().stations) {
      const { read } = loneStation(station)
      const settings = Object.entries(station.settings ?? {})
      expect(settings.map(([id]) => [station.name, id, number(read(id)).toFixed(3)])).toEqual(
        settings.map(([id, value]) => [station.name, id, value.toFixed(3)]),
      )
    }
  })
})
