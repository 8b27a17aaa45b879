import { describe, expect, test } from 'vitest'
import type { Station } from '#shared/simulator/port.ts'
import { coastalClimate } from '#shared/simulator/scenario.ts'
import type { StationState } from './station.ts'
import { demoTown, plainStation } from './testing/demo-town.ts'
import { townOf } from './town.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const { climate, stations } = demoTown()
const town = townOf(climate)
const controllers = stations.map((station) => town.build(station, () => 0))
const year = Array.from({ length: 365 * 4 }, (_, i) => Date.UTC(2025, 0, 1) + i * 6 * hour + ((i * 7_919) % 360) * minute)
const named = (name: string) => controllers.find(({ station }) => station.name === name)
const withCharacter = (character: Station['character']) => controllers.find(({ station }) => station.character === character)
const range = (from: number, to: number, step: number) => Array.from({ length: Math.round((to - from) / step) }, (_, i) => from + i * step)
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : []
}

/** What cannot be of a state, in words. */
function faultsOf({ outdoor, lowest, highest, heating, water, meter }: StationState): string[] {
  const rules: Record<string, boolean> = {
    'all are numbers': numbersOf([outdoor, lowest, highest, heating, water, meter]).every(Number.isFinite),
    'sensors are in range': [outdoor, heating.flow, heating.return, water.flow, water.return].every((value) => value > -50 && value < 150),
    'flow is warmer than return': heating.flow > heating.return && water.flow > water.return,
    'rooms are habitable': heating.room === null || (heating.room > 10 && heating.room < 32),
    'heating runs unless it is too warm': heating.on === !heating.cutOut,
    'the reference fits': heating.on ? heating.reference >= 28 && heating.reference <= 80 : heating.reference === 10 && heating.motor === 0,
    'water is hot': water.flow > 38 && water.flow < 66,
    'the meter agrees with itself':
      meter.power > 0 && Math.abs(meter.power - 1.163 * meter.flow * (meter.flowTemperature - meter.returnTemperature)) < 0.01,
    'extremes enclose': outdoor >= lowest - 1 && outdoor <= highest + 1,
  }
  return Object.keys(rules).filter((rule) => !rules[rule])
}

test.each(controllers.map((controller) => [controller.station.name, controller] as const))(
  '%s is believable all year',
  (_name, controller) => {
    const faults = year.flatMap((at) => faultsOf(controller.stateAt(at)).map((fault) => `${new Date(at).toISOString()} ${fault}`))
    expect(faults).toEqual([])
  },
)

describe('heating', () => {
  test('asks for a warmer flow the colder it is', () => {
    const states = year
      .map((at) => named('Hantverkaren')?.stateAt(at))
      .filter((state) => state?.heating.on && state.heating.phase === 'comfort')
    const mean = (low: number, high: number) => {
      const some = states.flatMap((state) => (state && state.outdoor >= low && state.outdoor < high ? [state.heating.reference] : []))
      expect(some.length).toBeGreaterThan(5)
      return average(some)
    }
    const references = [mean(-12, -3), mean(-3, 2), mean(2, 6), mean(6, 10), mean(10, 14)]
    expect(references).toEqual(references.toSorted((a, b) => b - a))
    expect((references[0] ?? 0) - (references[4] ?? 0)).toBeGreaterThan(20)
  })

  test('rests in high summer and runs all winter', () => {
    for (const controller of controllers.filter(({ station }) => station.settings?.['circuit1.heatCutOut'] === 16)) {
      const days = (month: number) =>
        range(Date.UTC(2025, month, 1), Date.UTC(2025, month, 29), 6 * hour).map((at) => controller.stateAt(at))
      expect(days(0).every(({ heating }) => heating.on)).toBe(true)
      expect(days(6).filter(({ heating }) => !heating.on).length).toBeGreaterThan(80)
    }
  })

  test('the flow follows its reference within minutes after the step to comfort, and never jumps', () => {
    const controller = named('Hantverkaren')
    const from = Date.UTC(2025, 0, 14)
    const states = range(from, from + day, 10_000).flatMap((at) => controller?.stateAt(at) ?? [])
    const step = states.findIndex(({ heating }, i) => heating.phase === 'comfort' && states[i - 1]?.heating.phase === 'saving')
    const [before, after, settled] = [states[step - 1], states[step], states[step + 180]]
    expect((after?.heating.reference ?? 0) - (before?.heating.reference ?? 0)).toBeGreaterThan(8)
    expect(Math.abs((after?.heating.flow ?? 0) - (before?.heating.flow ?? 0))).toBeLessThan(2)
    expect(Math.abs((settled?.heating.flow ?? 0) - (settled?.heating.reference ?? 99))).toBeLessThan(1)
    for (const [i, { heating }] of states.entries()) {
      expect(Math.abs(heating.flow - (states[i - 1]?.heating.flow ?? heating.flow))).toBeLessThan(2)
    }
  })

  test('the flow stays near its reference when nothing changes', () => {
    const from = Date.UTC(2025, 0, 14, 9)
    const states = range(from, from + 6 * hour, minute).flatMap((at) => named('Hantverkaren')?.stateAt(at) ?? [])
    const errors = states.map(({ heating }) => Math.abs(heating.flow - heating.reference))
    expect(Math.max(...errors)).toBeLessThan(1)
    expect(new Set(states.map(({ heating }) => heating.flow.toFixed(2))).size).toBeGreaterThan(50)
  })

  test('setback at night lowers the reference, and the room by little', () => {
    const states = range(Date.UTC(2025, 0, 13), Date.UTC(2025, 0, 17), 15 * minute).flatMap(
      (at) => named('Hantverkaren')?.stateAt(at) ?? [],
    )
    const of = (phase: string, value: (state: StationState) => number) =>
      average(states.filter((state) => state.heating.phase === phase).map(value))
    const difference = of('comfort', ({ heating }) => heating.reference) - of('saving', ({ heating }) => heating.reference)
    expect(difference).toBeGreaterThan(8)
    const rooms = states.map(({ heating }) => heating.room ?? 20)
    expect(Math.max(...rooms) - Math.min(...rooms)).toBeLessThan(3)
  })

  test('below the outdoor limit of setback there is none', () => {
    const arctic = townOf({ ...coastalClimate, mean: -22, yearSwing: 1 })
    const controller = arctic.build(plainStation(), () => 0)
    const states = range(Date.UTC(2025, 0, 13), Date.UTC(2025, 0, 14), hour).map((at) => controller.stateAt(at).heating)
    expect(new Set(states.map(({ phase }) => phase)).size).toBe(2)
    for (const { room } of states) expect(Math.abs((room ?? 0) - 20)).toBeLessThan(1)
  })

  test('the valve is moved towards the reference, and shut when there is no heating', () => {
    const states = range(Date.UTC(2025, 0, 14), Date.UTC(2025, 0, 15), 10_000).flatMap(
      (at) => named('Hantverkaren')?.stateAt(at).heating ?? [],
    )
    const moving = states.filter(({ motor }) => motor !== 0)
    expect(moving.filter(({ motor, reference, flow }) => Math.sign(reference - flow) !== motor)).toEqual([])
    const share = moving.length / states.length
    expect(share).toBeGreaterThan(0.005)
    expect(share).toBeLessThan(0.2)
  })
})

describe('hot water', () => {
  const states = range(Date.UTC(2025, 2, 3), Date.UTC(2025, 2, 17), 10 * minute).flatMap(
    (at) => named('Hantverkaren')?.stateAt(at).water ?? [],
  )
  const local = (i: number) => ((i * 10) / 60 + 1) % 24

  test('is kept at its set point', () => {
    const comfort = states.filter(({ phase }, i) => phase === 'comfort' && states[i - 3]?.phase === 'comfort')
    expect(new Set(comfort.map(({ reference }) => reference))).toEqual(new Set([55]))
    expect(Math.abs(average(comfort.map(({ flow }) => flow)) - 55)).toBeLessThan(1)
  })

  test('is drawn in the morning and evening, which cools the return', () => {
    const mean = (from: number, to: number) =>
      average(states.filter((_, i) => local(i) >= from && local(i) < to).map((state) => state.return))
    expect(mean(6, 8)).toBeLessThan(mean(1, 4) - 4)
    expect(mean(18, 20)).toBeLessThan(mean(1, 4) - 3)
  })
})

describe('stations differ', () => {
  const january = range(Date.UTC(2025, 0, 6), Date.UTC(2025, 0, 20), hour)
  const mean = (controller: (typeof controllers)[number] | undefined, value: (state: StationState) => number) =>
    average(january.flatMap((at) => (controller ? [value(controller.stateAt(at))] : [])))

  test('no two have the same temperatures', () => {
    const at = Date.UTC(2025, 1, 3, 10)
    const seen = controllers.map((controller) => controller.stateAt(at)).map(({ heating, water }) => [heating.flow, water.flow].join())
    expect(new Set(seen).size).toBe(controllers.length)
  })

  test('one has a broken room sensor, always, and no other', () => {
    const broken = controllers.filter((controller) => january.every((at) => controller.stateAt(at).heating.room === null))
    expect(broken.map(({ station }) => station.character)).toEqual(['brokenRoomSensor'])
  })

  test('one has a return that is far too warm', () => {
    const returns = controllers.map((controller) => mean(controller, ({ heating }) => heating.return))
    const bad = mean(withCharacter('highReturn'), ({ heating }) => heating.return)
    expect(bad).toBe(Math.max(...returns))
    expect(bad - (returns.toSorted((a, b) => b - a)[1] ?? 0)).toBeGreaterThan(4)
    expect(mean(withCharacter('highReturn'), ({ meter }) => meter.returnTemperature)).toBeGreaterThan(48)
  })

  test('one has a valve that hunts: its flow swings by several K within minutes', () => {
    const swing = controllers.map((controller) => {
      const flows = range(january[10] ?? 0, (january[10] ?? 0) + 20 * minute, 10_000).map((at) => controller.stateAt(at).heating.flow)
      return { character: controller.station.character, kelvin: Math.max(...flows) - Math.min(...flows) }
    })
    expect(swing.filter(({ kelvin }) => kelvin > 6).map(({ character }) => character)).toEqual(['huntingValve'])
  })
})

describe('the meter', () => {
  const controller = named('Hantverkaren')
  const at = (when: number) => {
    if (!controller) throw new Error('no such station')
    return controller.stateAt(when).meter
  }

  test('energy is what its power adds up to, and volume what its flow does', () => {
    const [from, to] = [Date.UTC(2025, 1, 3), Date.UTC(2025, 1, 10)]
    const shown = range(from, to, 5 * minute).map((when) => at(when + 2.5 * minute))
    const hours = (to - from) / hour
    expect((at(to).energy - at(from).energy) / (average(shown.map(({ power }) => power)) * hours)).toBeCloseTo(1, 3)
    expect((at(to).volume - at(from).volume) / (average(shown.map(({ flow }) => flow)) * hours)).toBeCloseTo(1, 3)
  })

  test('never runs backwards', () => {
    const energies = range(Date.UTC(2024, 11, 25), Date.UTC(2025, 0, 10), 15 * minute).map((when) => at(when).energy)
    for (const [i, energy] of energies.entries()) expect(energy).toBeGreaterThanOrEqual(energies[i - 1] ?? 0)
  })

  test('takes a believable amount for the size of the house: 8 to 20 MWh per flat and year at worst', () => {
    const used = at(Date.UTC(2025, 0, 1)).energy - at(Date.UTC(2024, 0, 1)).energy
    const perFlat = used / (controller?.station.flats ?? 0)
    expect(perFlat).toBeGreaterThan(8_000)
    expect(perFlat).toBeLessThan(20_000)
  })
})
