import { describe, expect, test } from 'vitest'
import { decode, encode } from '#shared/devices/codec.ts'
import { rowOf } from '#shared/reading.ts'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import { pastOf } from '../past.ts'
import { demoTown, plainStation, shippedProfiles } from '../testing/demo-town.ts'
import { townOf } from '../town.ts'

const minute = 60_000
const hour = 60 * minute
const quarterHour = 15 * minute
const evening = Date.UTC(2025, 0, 15, 18)
const { profile } = plainStation()

function pointOf(id: string) {
  const point = profile.points.find((one) => one.id === id)
  if (!point) throw new Error(`no point ${id}`)
  return point
}

/** A plain controller at a time that the test moves. */
function start(changes: Parameters<typeof plainStation>[0] = {}, at = evening) {
  let now = at
  const controller = townOf(coastalClimate).build(plainStation(changes), () => now)
  const words = (id: string) => {
    const { address, as } = pointOf(id)
    return (as === 'uint32' ? [0, 1] : [0]).map((i) => controller.read(address + i) ?? Number.NaN)
  }
  return {
    controller,
    goTo: (to: number) => (now = to),
    read(id: string) {
      controller.refresh()
      return decode(pointOf(id), words(id)).value
    },
    write(id: string, value: number) {
      controller.refresh()
      return controller.write(pointOf(id).address, encode(pointOf(id), value)[0] ?? 0)
    },
    poke: (id: string, raw: number) => controller.poke(pointOf(id).address, raw),
  }
}

describe('a setting that somebody writes', () => {
  test('a steeper slope raises reference and heat curve at once, and the flow within minutes', () => {
    const { goTo, read, write } = start()
    const before = {
      reference: read('circuit1.flowReference') ?? 0,
      flow: read('circuit1.flow') ?? 0,
      zero: read('circuit1.curve.zero') ?? 0,
    }
    expect(write('circuit1.slope', 1.6)).toBe('done')
    expect(read('circuit1.slope')).toBe(1.6)
    expect(read('circuit1.curve.zero')).toBeGreaterThan(before.zero + 5)
    expect(read('circuit1.flowReference')).toBeGreaterThan(before.reference + 5)
    expect(Math.abs((read('circuit1.flow') ?? 0) - before.flow)).toBeLessThan(0.5)
    goTo(evening + 30 * minute)
    expect(Math.abs((read('circuit1.flow') ?? 0) - (read('circuit1.flowReference') ?? 0))).toBeLessThan(1)
  })

  test('a point of the heat curve bends the curve there', () => {
    const { read, write } = start()
    const before = read('circuit1.flowReference') ?? 0
    for (const name of ['minus5', 'zero', 'plus5']) write(`circuit1.curve.${name}`, 35)
    expect(read('circuit1.flowReference')).toBeLessThan(before - 5)
  })

  test('a warmer comfort temperature warms the room within a day', () => {
    const { goTo, read, write } = start()
    write('circuit1.mode', 2)
    goTo(evening + 60 * hour)
    const before = read('room') ?? 0
    write('circuit1.comfort', 23)
    goTo(evening + 120 * hour)
    expect(read('room')).toBeGreaterThan(before + 1.5)
  })

  test('modes change status, reference and pump', () => {
    const { goTo, read, write } = start()
    expect([read('circuit1.mode'), read('circuit1.status'), read('relay2')]).toEqual([1, 2, 1])
    const comfort = read('circuit1.flowReference') ?? 0
    write('circuit1.mode', 3)
    expect([read('circuit1.mode'), read('circuit1.status')]).toEqual([3, 0])
    expect(read('circuit1.flowReference')).toBeLessThan(comfort - 5)
    write('circuit1.mode', 4)
    expect([read('circuit1.flowReference'), read('relay2'), read('triac4')]).toEqual([10, 0, 1])
    goTo(evening + 12 * hour)
    expect(read('circuit1.flow')).toBeLessThan(25)
  })

  test('the cut-out stops heating when it is warmer than that', () => {
    const { read, write } = start({}, Date.UTC(2025, 4, 15))
    expect([read('relay2'), read('circuit1.limiter.heatCutOut')]).toEqual([1, 0])
    write('circuit1.heatCutOut', 5)
    expect([read('relay2'), read('circuit1.limiter.heatCutOut'), read('circuit1.flowReference')]).toEqual([0, 3, 10])
  })

  test('a lower return limit lowers the reference until the return keeps it', () => {
    const { goTo, read, write } = start()
    const before = read('circuit1.flowReference') ?? 0
    for (const id of ['low', 'high']) write(`circuit1.returnLimit.${id}`, 25)
    expect(read('circuit1.returnReference')).toBe(25)
    expect(read('circuit1.limiter.return')).toBe(2)
    expect(read('circuit1.flowReference')).toBeLessThan(before - 4)
    goTo(evening + 2 * hour)
    expect(read('circuit1.return')).toBeLessThan(32)
  })

  test('a week program turns comfort off where it says so', () => {
    const { goTo, read, write } = start()
    expect(read('circuit1.status')).toBe(2)
    expect(write('circuit1.schedule.wednesday.stop1', 1_830)).toBe('done')
    expect(read('circuit1.status')).toBe(0)
    expect(write('circuit1.schedule.wednesday.stop1', 2_000)).toBe('done')
    goTo(Date.UTC(2025, 0, 15, 18, 59, 59))
    expect(read('circuit1.status')).toBe(2)
    goTo(Date.UTC(2025, 0, 15, 19))
    expect(read('circuit1.status')).toBe(0)
  })

  test('hot water goes to its new set point, and disinfection raises it at its hour', () => {
    const { goTo, read, write } = start()
    write('hotWater.comfort', 60)
    goTo(evening + hour)
    expect(read('hotWater.flow')).toBeGreaterThan(56)
    write('hotWater.antiBacteria.days', 0b0001000)
    write('hotWater.antiBacteria.start', 2 * 3_600)
    write('hotWater.antiBacteria.temperature', 70)
    goTo(Date.UTC(2025, 0, 16, 0, 59))
    expect(read('hotWater.flowReference')).toBe(60)
    goTo(Date.UTC(2025, 0, 16, 1, 30))
    expect(read('hotWater.flowReference')).toBe(70)
    goTo(Date.UTC(2025, 0, 16, 3))
    expect(read('hotWater.flowReference')).toBe(60)
  })

  test('the meter counts on through all changes, faster and slower as heat is taken', () => {
    const { goTo, read, write } = start()
    const hourly = (hours: number) => {
      const from = read('meter1.energy') ?? 0
      goTo((now += hours * hour))
      return ((read('meter1.energy') ?? 0) - from) / hours
    }
    let now = evening
    const usual = hourly(24)
    write('circuit1.mode', 4)
    const frost = hourly(24)
    write('circuit1.mode', 2)
    write('circuit1.comfort', 25)
    const warm = hourly(24)
    expect([usual > 5, frost > 1, frost < usual / 2, warm > 2 * frost]).toEqual([true, true, true, true])
  })

  test('a relay that is forced stays so until it is released', () => {
    const { read, write } = start()
    const mask = () => ((read('outputMask') ?? 0) >> 6) & 0b111
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
    const { controller } = start()
    controller.refresh()
    const before = controller.read(pointOf(id).address)
    expect(controller.write(pointOf(id).address, raw)).toBe(exception)
    expect(controller.read(pointOf(id).address)).toBe(before)
  })

  test('a register that is not served', () => {
    const { controller } = start()
    const [number = 0] = profile.unserved ?? []
    expect(controller.write(number - profile.firstRegister, 1)).toBe(2)
    expect(controller.write(60_001, 1)).toBe(2)
  })

  test('OFF is taken where the point knows it, though it lies outside the range', () => {
    const { read, controller } = start()
    expect(controller.write(pointOf('circuit1.heatCutOut').address, 0)).toBe('done')
    expect(read('circuit1.heatCutOut')).toBe(0)
    expect(controller.write(pointOf('circuit1.optimizer').address, 9)).toBe('done')
    expect(controller.write(pointOf('circuit1.optimizer').address, 8)).toBe(3)
  })
})

describe('the clock', () => {
  const fields = ['year', 'month', 'day', 'hour', 'minute'].map((field) => `clock.${field}`)

  test('shows local time and moves on, through the nights when clocks change', () => {
    const { goTo, read } = start({}, Date.UTC(2025, 2, 30, 0, 59))
    expect(fields.map(read)).toEqual([2025, 3, 30, 1, 59])
    goTo(Date.UTC(2025, 2, 30, 1))
    expect(fields.map(read)).toEqual([2025, 3, 30, 3, 0])
    goTo(Date.UTC(2025, 11, 31, 23))
    expect(fields.map(read)).toEqual([2026, 1, 1, 0, 0])
  })

  test('can be set field by field, runs on from there with its seconds at zero, and moves the week program', () => {
    const { goTo, read, write } = start({}, Date.UTC(2025, 0, 15, 18, 10, 42))
    expect([read('clock.hour'), read('clock.minute'), read('circuit1.status')]).toEqual([19, 10, 2])
    expect(write('clock.hour', 3)).toBe('done')
    expect([read('clock.hour'), read('clock.minute'), read('circuit1.status')]).toEqual([3, 10, 0])
    goTo(Date.UTC(2025, 0, 15, 18, 11, 41))
    expect(read('clock.minute')).toBe(10)
    goTo(Date.UTC(2025, 0, 15, 18, 11, 42))
    expect(read('clock.minute')).toBe(11)
  })

  test('refuses a date that is not, after every single write', () => {
    const { read, write } = start({}, Date.UTC(2025, 0, 31, 12))
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
    const { goTo, read, poke } = start()
    poke('outdoor', 19_200)
    const before = read('circuit1.flow')
    goTo(evening + 5 * hour)
    expect(read('outdoor')).toBe(null)
    expect(read('circuit1.flow')).not.toBe(before)
    poke('outdoor', 0xfe0c)
    expect(read('outdoor')).toBe(-5)
  })

  test('of a setting is what somebody does at the controller: values follow, and it can be written again', () => {
    const { read, poke, write } = start()
    const before = read('circuit1.flowReference') ?? 0
    poke('circuit1.slope', 25)
    expect(read('circuit1.flowReference')).toBeGreaterThan(before + 5)
    expect(write('circuit1.slope', 1.2)).toBe('done')
    expect(read('circuit1.flowReference')).toBe(before)
  })

  test('brings manual mode, which stops both circuits, and writing a mode ends it', () => {
    const { read, poke, write } = start()
    poke('circuit1.mode', 0)
    expect([read('circuit1.mode'), read('hotWater.mode'), read('relay1'), read('relay2')]).toEqual([0, 2, 0, 0])
    write('circuit1.mode', 1)
    expect([read('circuit1.mode'), read('hotWater.mode'), read('relay1'), read('relay2')]).toEqual([1, 2, 1, 1])
  })
})

describe('the past', () => {
  const points = profile.points.filter(({ role }) => role === 'measure' || role === 'state')
  const series = points.map((_, i) => 10 + 3 * i)

  test('is what the registers are at the same instant, for every point', () => {
    const from = Date.UTC(2025, 0, 15, 5)
    const { controller, goTo, read } = start({}, from)
    const batch = pastOf(controller, series, from, from + 12 * quarterHour)
    expect(batch.series).toHaveLength(12 * points.length)
    let differing = 0
    for (let row = 0; row < batch.series.length; row++) {
      const { series: number, at, value, quality } = rowOf(batch, row)
      const point = points[series.indexOf(number)]
      goTo(at)
      const live = read(point?.id ?? '')
      if (live !== value || quality !== (live === null ? 'fault' : 'good')) differing++
    }
    expect(differing).toBe(0)
  })

  test('takes the quarter hours in [from, to) and no other', () => {
    const { controller } = start()
    const times = (from: number, to: number) => [...new Set(pastOf(controller, series, from, to).at)]
    expect(times(0, 2 * quarterHour)).toEqual([0, quarterHour])
    expect(times(1, 2 * quarterHour + 1)).toEqual([quarterHour, 2 * quarterHour])
    expect(times(5, 6)).toEqual([])
    expect(times(10, 0)).toEqual([])
  })

  test('keeps what was set then: a later write changes what follows it only', () => {
    const { controller, write } = start({}, evening + 7 * minute)
    const before = pastOf(controller, series, evening, evening + 2 * quarterHour)
    write('circuit1.slope', 2)
    write('circuit1.mode', 2)
    const after = pastOf(controller, series, evening, evening + 2 * quarterHour)
    const column = (batch: typeof before, id: string) =>
      [0, 1].map((slot) => batch.value[slot * points.length + points.findIndex((point) => point.id === id)] ?? Number.NaN)
    const [was, is] = [column(before, 'circuit1.flowReference'), column(after, 'circuit1.flowReference')]
    expect(is[0]).toBe(was[0])
    expect(is[1]).toBeGreaterThan((was[1] ?? 0) + 5)
    expect(column(after, 'circuit1.mode')).toEqual([1, 2])
  })

  test('is the same again in another town made alike, and untouched by pokes', () => {
    const [first, second] = [start(), start()]
    second.poke('outdoor', 19_200)
    second.poke('circuit1.flow', 1)
    second.poke('input9', 2_500)
    expect(second.read('input9')).toBe(25)
    const [from, to] = [Date.UTC(2024, 6, 1), Date.UTC(2024, 6, 3)]
    expect(pastOf(second.controller, series, from, to)).toEqual(pastOf(first.controller, series, from, to))
    expect(pastOf(start({ seed: 6 }).controller, series, from, to)).not.toEqual(pastOf(first.controller, series, from, to))
  })

  test('refuses series that do not fit the points', () => {
    expect(() => pastOf(start().controller, series.slice(1), 0, 1)).toThrow(/series/)
  })
})

describe('furnishing', () => {
  test('a station says who it is', () => {
    const { read } = start({ orderCode: 3_020, serial: 4_000_000_001, firmware: '1.56' })
    expect([read('identity.orderCode'), read('identity.serial'), read('identity.firmware')]).toEqual([3_020, 4_000_000_001, 256 + 56])
  })

  test('settings of the scenario stand in the registers, and the heat curve fits the slope', () => {
    const { read } = start({ settings: { 'circuit1.slope': 1.5, 'hotWater.comfort': 58, 'circuit1.curve.zero': 61 } })
    expect([read('circuit1.slope'), read('hotWater.comfort')]).toEqual([1.5, 58])
    expect([read('circuit1.curve.minus5'), read('circuit1.curve.zero'), read('circuit1.curve.plus5')]).toEqual([63, 61, 48])
  })

  test.each([
    [{ 'circuit1.slope': 9 }, /"circuit1.slope" is 9, its controller takes 0.1 to 4/],
    [{ 'circuit9.slope': 1 }, /"circuit9.slope" is not one/],
    [{ outdoor: 1 }, /"outdoor" is not one/],
  ])('a setting that the controller would not take is an error: %o', (settings, message) => {
    expect(() => start({ settings })).toThrow(message)
  })

  test('a point whose register is known not to be served is not laid out and has no past', () => {
    const { number, address, id } = pointOf('meter1.power')
    const { controller } = start({ profile: { ...profile, unserved: [number + 1] } })
    controller.refresh()
    expect([controller.read(address), controller.read(address - 1), controller.read(address + 2)]).toEqual([
      undefined,
      expect.any(Number),
      expect.any(Number),
    ])
    const points = profile.points.filter(({ role }) => role === 'measure' || role === 'state')
    const past = pastOf(
      controller,
      points.map((_, i) => i),
      evening,
      evening + 1,
    )
    expect(points.flatMap((point, i) => (past.series.includes(i) ? [] : [point.id]))).toEqual([id])
  })

  test('every controller of the demo town and of every application of the ECL 210/296/310 can be built and refreshed', () => {
    const { stations, climate } = demoTown()
    const town = townOf(climate)
    const applications = shippedProfiles().filter(({ id }) => /^danfoss\/ecl(310-|-comfort$)/.test(id))
    expect(applications.length).toBeGreaterThan(20)
    const others = applications.map((other) => plainStation({ profile: other }))
    for (const station of [...stations, ...others]) {
      const controller = town.build(station, () => evening)
      controller.refresh()
      const unserved = new Set(station.profile.unserved ?? [])
      const missing = station.profile.points.filter(
        ({ address, number }) => controller.read(address) === undefined && !unserved.has(number),
      )
      expect(missing.map(({ id }) => id)).toEqual([])
    }
  })
})
