import { describe, expect, test } from 'vitest'
import { plainStation, shippedProfiles } from '../testing/demo-town.ts'
import { loneStation } from '../testing/lone-station.ts'

const number = (value: number | null) => value ?? Number.NaN
const served = shippedProfiles().filter(({ protocol }) => protocol === 'modbus')
const profileOf = (id: string) => {
  const found = served.find((one) => one.id === id)
  if (!found) throw new Error(`no profile ${id}`)
  return found
}

test.each(served.map((profile) => [profile.id, profile] as const))('%s is laid out, moves and reads without an error', (_id, profile) => {
  const { controller, run, read } = loneStation({ profile })
  run(1)
  const holes = new Set(profile.unserved ?? [])
  for (const point of profile.points.filter(({ number: register }) => !holes.has(register))) {
    controller.refresh()
    expect([point.id, typeof controller.read(point.area, point.address)]).toEqual([point.id, 'number'])
    expect(() => read(point.id)).not.toThrow()
  }
})

describe('TROVIS', () => {
  const start = () => {
    const station = loneStation({ profile: profileOf('samson/trovis-5578') })
    const code = (word: number) => station.controller.write('holding', 144, [word])
    const level = (word: number) => station.controller.write('coil', 88, [word])
    return { ...station, code, level }
  }

  test('shows the house by registers and coils, and of circuits that it does not have no sensors', () => {
    const { run, read, physics } = start()
    run(30)
    const { heating, water, meter } = physics.state(0)
    expect(read('circuit1.flow')).toBeCloseTo(number(heating.flow), 0)
    expect(read('hotWater.tank')).toBeCloseTo(number(water.flow), 0)
    expect(read('meter1.energy')).toBeCloseTo(meter.energy, -1)
    expect([read('circuit1.pump'), read('circuit1.active.comfort'), read('circuit1.active.automatic')]).toEqual([1, 1, 1])
    expect([read('circuit2.flow'), read('circuit3.room'), read('fault.collective')]).toEqual([null, null, 0])
    expect([read('clock.time'), read('clock.date'), read('clock.year')]).toEqual([1930, 1501, 2025])
  })

  test('refuses a setting without its access code, and takes it with the code', () => {
    const { run, read, write, code } = start()
    run(30)
    const before = number(read('circuit1.flowReference'))
    expect(write('circuit1.slope', 2.4)).toBe(3)
    expect(code(1_234)).toBe('done')
    expect(write('circuit1.slope', 2.4)).toBe(3)
    expect(code(1_732)).toBe('done')
    expect(write('circuit1.slope', 2.4)).toBe('done')
    expect(code(0)).toBe('done')
    expect([read('circuit1.slope'), write('circuit1.slope', 1)]).toEqual([2.4, 3])
    expect(read('circuit1.flowReference')).toBeGreaterThan(before + 5)
  })

  test('leaves a mode to the controller until its level coil is taken, and takes it back with the coil', () => {
    const { read, write, code, level } = start()
    expect(level(0)).toBe(3)
    code(1_732)
    expect(write('circuit1.mode', 5)).toBe(3)
    expect([level(0), write('circuit1.mode', 5)]).toEqual(['done', 'done'])
    expect([read('circuit1.mode'), read('circuit1.active.setback'), read('levels')]).toEqual([5, 1, 0])
    expect([write('circuit1.mode', 3), write('circuit1.mode', 0)]).toEqual([3, 3])
    expect(level(1)).toBe('done')
    expect([read('circuit1.mode'), read('circuit1.active.comfort'), read('levels')]).toEqual([1, 1, 1])
  })

  test('has a clock in three registers', () => {
    const { read, write, code } = start()
    code(1_732)
    expect([write('clock.time', 2_261), write('clock.date', 3_002), write('clock.date', 2_802), write('clock.time', 615)]).toEqual([
      3,
      3,
      'done',
      'done',
    ])
    expect([read('clock.time'), read('clock.date'), read('circuit1.active.comfort')]).toEqual([615, 2_802, 1])
    write('clock.time', 300)
    expect(read('circuit1.active.setback')).toBe(1)
  })
})

describe('ECL 220', () => {
  const start = () => loneStation({ profile: profileOf('danfoss/ecl220-p266') })

  test('has hot water in its first and heating in its second circuit, in floats', () => {
    const { run, read, physics } = start()
    run(30)
    const { heating, water } = physics.state(0)
    expect(read('circuit2.flow')).toBeCloseTo(number(heating.flow), 3)
    expect(read('hotWater.flow')).toBeCloseTo(number(water.flow), 3)
    expect(read('circuit2.valvePosition')).toBeCloseTo(heating.opening, 3)
    expect([read('circuit2.status'), read('hotWater.status'), read('circuit2.pump')]).toEqual([0, 0, 1])
  })

  test('takes a float as a whole, and obeys it', () => {
    const { run, read, write, controller, pointOf } = start()
    run(30)
    const before = number(read('circuit2.flowReference'))
    expect(write('circuit2.slope', 1.4)).toBe('done')
    expect([read('circuit2.slope'), read('circuit2.curve.zero')]).toEqual([1.4, 53])
    expect(read('circuit2.flowReference')).toBeGreaterThan(before + 5)
    expect(write('circuit2.slope', 4.5)).toBe(3)
    expect(controller.write('holding', pointOf('circuit2.flow').address, [0x4248, 0])).toBe(2)
    expect(read('circuit2.slope')).toBe(1.4)
  })

  test('has modes and week programs of its own kind', () => {
    const { read, write } = start()
    expect(write('circuit2.mode', 2)).toBe('done')
    expect(read('circuit2.status')).toBe(1)
    write('circuit2.mode', 0)
    expect(read('circuit2.status')).toBe(0)
    expect(write('circuit2.week.wednesday.stop1', 18.5 * 3_600)).toBe('done')
    expect(read('circuit2.status')).toBe(1)
  })

  test('heats by an outdoor temperature that is told', () => {
    const { run, read, write } = start()
    run(30)
    const before = number(read('outdoor'))
    write('externalOutdoor.temperature', 12)
    expect(read('outdoor')).toBe(before)
    write('externalOutdoor.enabled', 1)
    write('externalOutdoor.source', 2)
    expect(read('outdoor')).toBe(12)
    write('externalOutdoor.status', 2)
    expect(read('outdoor')).toBeCloseTo(before, 0)
  })

  test('is set to UTC seconds', () => {
    const { read, write, physics } = start()
    expect(read('clock.epoch')).toBe(physics.now / 1_000)
    expect(write('clock.epoch', physics.now / 1_000 + 7_200)).toBe('done')
    expect(read('clock.epoch')).toBe(physics.now / 1_000 + 7_200)
  })
})

describe('ECL 310', () => {
  test.each([
    ['danfoss/ecl310-a266.1', 'relay2', 'relay1'],
    ['danfoss/ecl310-a247.1', 'circuit1.pump', 'hotWater.circulationPump'],
    ['danfoss/ecl310-a237.1', 'circuit1.pump', 'hotWater.circulationPump'],
    ['danfoss/ecl310-a230.1', 'circuit1.pump', undefined],
    ['danfoss/ecl310-a376', 'relay2', undefined],
  ])('%s has its heating pump at %s', (id, heating, water) => {
    const mode = {
      'circuit1.mode': 4,
      ...(id.endsWith('a237.1') ? { 'circuit1.totalStop': 0 } : {}),
      ...(water ? { 'hotWater.mode': 2 } : {}),
    }
    const { run, read, write } = loneStation({ profile: profileOf(id), settings: mode })
    run(10)
    expect([read(heating), water ? read(water) : 1]).toEqual([0, 1])
    write('circuit1.mode', 2)
    run(1)
    expect([read(heating), water ? read(water) : 1]).toEqual([1, 1])
  })

  test('a pump that its profile names is forced by the number of its relay, and its valve is one of the triacs of the mask', () => {
    const { run, read, write } = loneStation({ profile: profileOf('danfoss/ecl310-a247.1') })
    run(10)
    const mask = () => number(read('outputMask'))
    expect([read('circuit1.pump'), (mask() >> 6) & 1]).toEqual([1, 1])
    write('relay1.override', 1)
    expect([read('circuit1.pump'), (mask() >> 6) & 1]).toEqual([0, 0])
    write('circuit1.mode', 4)
    run(1)
    expect([read('circuit1.valveClosing'), (mask() >> 3) & 1]).toEqual([1, 1])
  })

  test('tells a broken sensor by alarm 32, the alarm relay and the mask of its outputs', () => {
    const { run, read, physics } = loneStation()
    run(10)
    expect([read('alarm32'), read('relay4')]).toEqual([0, 0])
    physics.hurt({ id: 'x', kind: 'flowSensorBroken', target: 'Plain', params: {}, from: physics.now, to: null })
    run(2)
    expect([read('circuit1.flow'), read('alarm32'), read('relay4'), number(read('outputMask')) >> 9]).toEqual([null, 1, 1, 1])
  })

  test('has a week program that fits its building', () => {
    const { read } = loneStation({ building: { kind: 'school' } })
    expect(read('circuit1.schedule.monday.start1')).toBeGreaterThanOrEqual(500)
    expect(read('circuit1.schedule.monday.stop1')).toBeLessThanOrEqual(1_700)
    expect([read('circuit1.schedule.saturday.start1'), read('circuit1.schedule.sunday.stop1')]).toEqual([2_400, 2_400])
  })
})

describe('contact', () => {
  test('a frozen controller stands still, says that it took what it would take, and goes on as if nothing had been', () => {
    const { controller, run, read, write } = loneStation()
    run(30)
    const before = { energy: read('meter1.energy'), flow: read('circuit1.flow'), minute: read('clock.minute') }
    controller.freeze(true)
    run(60)
    expect({ energy: read('meter1.energy'), flow: read('circuit1.flow'), minute: read('clock.minute') }).toEqual(before)
    expect([write('circuit1.slope', 2), write('circuit1.slope', 9), read('circuit1.slope')]).toEqual(['done', 3, 1.2])
    controller.freeze(false)
    expect(read('meter1.energy')).toBeGreaterThan(number(before.energy))
    expect(read('circuit1.slope')).toBe(1.2)
  })

  test('a clock that drifts gains each day what it is told, and moves the week program', () => {
    const { controller, goTo, physics, read } = loneStation({}, Date.UTC(2025, 0, 15, 12))
    controller.drift(3_600)
    goTo(physics.now + 24 * 3_600_000)
    expect([read('clock.hour'), read('clock.minute')]).toEqual([14, 0])
    expect(physics.state(0).settings.clockOffset).toBe(3_600_000)
    controller.drift(null)
    expect([read('clock.hour'), physics.state(0).settings.clockOffset]).toEqual([13, 0])
  })

  test('a broken sensor is its fault value in every family', () => {
    for (const [profile, id] of [
      ['danfoss/ecl310-a266.1', 'room'],
      ['danfoss/ecl220-p266', 'circuit2.room'],
      ['samson/trovis-5578', 'circuit1.room'],
    ] as const) {
      const { physics, run, read } = loneStation({ ...plainStation(), profile: profileOf(profile) })
      run(1)
      expect(read(id)).toBeGreaterThan(10)
      physics.hurt({ id: 'x', kind: 'roomSensorBroken', target: 'Plain', params: {}, from: physics.now, to: null })
      run(2)
      expect(read(id)).toBe(null)
    }
  })
})

test('what was set is kept: settings, pokes and the clock come back', () => {
  const first = loneStation()
  first.write('circuit1.slope', 1.6)
  first.write('circuit1.schedule.wednesday.stop1', 1_830)
  first.write('clock.hour', 3)
  first.poke('outdoor', 500)
  const second = loneStation()
  second.controller.load(structuredClone(first.controller.save()))
  const ids = ['circuit1.slope', 'circuit1.curve.zero', 'circuit1.schedule.wednesday.stop1', 'clock.hour', 'outdoor', 'circuit1.status']
  expect(ids.map(second.read)).toEqual(ids.map(first.read))
  expect(second.read('outdoor')).toBe(5)
  expect(second.physics.state(0).settings).toEqual(first.physics.state(0).settings)
})
