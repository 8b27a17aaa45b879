import { describe, expect, test } from 'vitest'
import { addMonths, createCalendar } from '../calendar.ts'
import { consumedBetween } from './consumed.ts'
import { hourMs, registerOf } from './register.ts'
import { columnsOf, measured } from './testing/data.ts'
import { madeHouse } from './testing/house.ts'
import { walkRegister } from './walk.ts'
import { sensorSide } from './water.ts'
import { returnOf, weightedByVolume } from './weighted.ts'

const calendar = createCalendar('Europe/Copenhagen')

const year2024: [number, number] = [calendar.startOf('2024-01-01'), calendar.startOf('2025-01-01')]

type Registers = { at: Float64Array; energy: Float64Array; volume: Float64Array; e8: Float64Array; e9: Float64Array }

const walked = ({ at }: Registers, column: Float64Array) => walkRegister(registerOf(at, column, 3 * hourMs))

/** What a meter says of the time between two moments (UTC ms). */
function figures(meter: Registers, ...edges: [number, number]) {
  const of = (column: Float64Array) => consumedBetween(walked(meter, column), edges)[0]?.value ?? Number.NaN
  const [energy, volume, supplied, returned] = [of(meter.energy), of(meter.volume), of(meter.e8), of(meter.e9)] as const
  const [flow, back] = [weightedByVolume(supplied, volume), weightedByVolume(returned, volume)]
  const k = energy / (supplied - returned)
  const { side } = sensorSide(k, flow, back)
  return { energy, volume, flow, back, k, side, reckoned: returnOf(flow, energy, volume, side ?? 'flow') }
}

describe.each(['flow', 'return'] as const)('a year of a made heat meter with its flow sensor in the %s', (side) => {
  const house = madeHouse(8785, { side, start: calendar.startOf('2024-01-01') })

  test('tells its pipe, and temperatures that were those of the water', () => {
    const year = figures(house, ...year2024)
    expect(year.side).toBe(side)
    expect(year.flow).toBeGreaterThan(67)
    expect(year.flow).toBeLessThan(71)
    expect(year.back).toBeLessThan(39)
    expect(Math.abs(year.reckoned - year.back)).toBeLessThan(0.05)
  })

  test('its days add up to its months and those to the year', () => {
    const walk = walked(house, house.energy)
    const months = Array.from({ length: 13 }, (_, month) => calendar.startOf(addMonths('2024-01-01', month)))
    const sum = consumedBetween(walk, months).reduce((total, { value }) => total + (value ?? 0), 0)
    expect(sum).toBeCloseTo(figures(house, ...year2024).energy, 6)
  })
})

/** Schaffer et al., Scientific Data 2022, doi 10.1038/s41597-022-01502-3: one heat meter of a house, hourly. */
describe.each(measured('danish-heat-meter/meter_660_2018-2019.csv.gz'))('two years of a real heat meter', ({ path }) => {
  const columns = columnsOf(path, 'time_rounded')
  const column = (name: string) => columns.get(name) ?? new Float64Array()
  const meter = {
    at: column('time_rounded'),
    energy: column('energy_heat_kwh'),
    volume: column('volume_flow_m3'),
    e8: column('inlet_flow_energy_m3xC'),
    e9: column('back_flow_energy_m3xC'),
  }

  test.each([
    ['2018-01-02T23:00Z', '2018-12-31T23:00Z', { energy: 17_599.1, volume: 449.2, flow: 69.84, back: 35.29, k: 1.1338 }],
    ['2019-01-01T00:00Z', '2019-12-31T23:00Z', { energy: 17_512.5, volume: 440.2, flow: 68.35, back: 33.32, k: 1.1357 }],
  ])('from %s to %s: energy, volume, temperatures and the pipe of the flow sensor', (from, to, expected) => {
    const year = figures(meter, Date.parse(from), Date.parse(to))
    expect(year.energy).toBeCloseTo(expected.energy, 1)
    expect(year.volume).toBeCloseTo(expected.volume, 1)
    expect(year.flow).toBeCloseTo(expected.flow, 2)
    expect(year.back).toBeCloseTo(expected.back, 2)
    expect(year.k).toBeCloseTo(expected.k, 4)
    expect(year.side).toBe('flow')
    expect(Math.abs(year.reckoned - year.back)).toBeLessThan(0.2)
  })

  test('its registers only ever grow, so that nothing is left out', () => {
    for (const name of ['energy', 'volume'] as const) {
      const walk = walked(meter, meter[name])
      expect(walk.events).toEqual([])
      expect(walk.at.length).toBe(17_473)
    }
  })

  test('its months add up to the year', () => {
    const months = Array.from({ length: 13 }, (_, month) => calendar.startOf(addMonths('2019-01-01', month)))
    const parts = consumedBetween(walked(meter, meter.energy), months)
    expect(parts.reduce((total, { value }) => total + (value ?? 0), 0)).toBeCloseTo(
      figures(meter, months[0] ?? 0, months[12] ?? 0).energy,
      6,
    )
    expect(parts.every(({ valid, complete }) => valid > 0.99 && complete)).toBe(true)
  })
})
