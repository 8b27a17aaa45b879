import type { Bank } from './bank.ts'
import { curveOf } from '../physics/heat-curve.ts'
import { minutesOf, type Week } from '../physics/week.ts'

/** 0 manual, 1 scheduled, 2 comfort, 3 saving, 4 frost protection: what a circuit is set to. */
export type Mode = 0 | 1 | 2 | 3 | 4

/** Proportional band and neutral zone in K; integration and motor run time in s. */
export type ControlSettings = { band: number; integration: number; neutralZone: number; runTime: number }

export type HeatingSettings = {
  mode: Mode
  stopped: boolean
  week: Week | null
  slope: number
  /** Flow temperatures at the six outdoor temperatures of a heat curve, °C. */
  curve: readonly number[]
  comfort: number
  setback: number
  frost: number
  minFlow: number
  maxFlow: number
  /** Outdoor temperature above which heating stops; null: never. */
  cutOut: number | null
  /** Outdoor temperature below which there is no setback; null: there always is. */
  autoSetback: number | null
  /** K of flow temperature for each K that the room is too warm (max, negative) or too cold (min). */
  roomInfluence: { max: number; min: number }
  returnLimit: { highOutdoor: number; low: number; lowOutdoor: number; high: number; influence: number }
  control: ControlSettings
}

export type WaterSettings = {
  mode: Mode
  week: Week | null
  comfort: number
  setback: number
  frost: number
  min: number
  max: number
  returnLimit: number
  control: ControlSettings
  /** Weekdays as bits from Monday on, begin and duration in ms; temperature null: never. */
  disinfection: { days: number; start: number; duration: number; temperature: number | null }
}

/** What somebody can set on a controller and the simulation obeys. */
export type Settings = {
  /** Manual mode of one circuit takes the control of all of them. */
  manual: boolean
  heating: HeatingSettings
  water: WaterSettings
  /** What relays are forced to: 0 nothing, 1 off, 2 on. */
  relays: readonly number[]
  /** How far the controller's clock is ahead of local time, ms. */
  clockOffset: number
}

export const curvePoints = ['minus30', 'minus15', 'minus5', 'zero', 'plus5', 'plus15'] as const
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export const periods = [1, 2, 3] as const
export const relayNumbers = [1, 2, 3, 4, 5, 6] as const

/** Reads the settings off the registers; what the application does not have takes the maker's usual value. */
export function settingsOf(bank: Bank, clockOffset: number): Settings {
  const heating = (id: string) => bank.value(`circuit1.${id}`)
  const water = (id: string) => bank.value(`hotWater.${id}`)
  const slope = heating('slope') ?? 1
  const curve = curvePoints.map((id) => heating(`curve.${id}`))
  return {
    manual: heating('mode') === 0 || water('mode') === 0,
    heating: {
      mode: modeOf(heating('mode')),
      stopped: heating('totalStop') === 1,
      week: weekOf(bank, 'circuit1'),
      slope,
      curve: curve.every((flow) => flow !== null) ? curve : curveOf(slope),
      comfort: heating('comfort') ?? 20,
      setback: heating('setback') ?? 17,
      frost: heating('frostProtectionTemperature') ?? 10,
      minFlow: heating('minFlow') ?? 10,
      maxFlow: heating('maxFlow') ?? 90,
      cutOut: heating('heatCutOut'),
      autoSetback: heating('autoSetback'),
      roomInfluence: { max: heating('roomLimit.maxInfluence') ?? 0, min: heating('roomLimit.minInfluence') ?? 0 },
      returnLimit: {
        highOutdoor: heating('returnLimit.highOutdoor') ?? 15,
        low: heating('returnLimit.low') ?? 50,
        lowOutdoor: heating('returnLimit.lowOutdoor') ?? -15,
        high: heating('returnLimit.high') ?? 60,
        influence: Math.min(0, heating('returnLimit.maxInfluence') ?? 0),
      },
      control: controlOf(heating, 60),
    },
    water: {
      mode: modeOf(water('mode')),
      week: weekOf(bank, 'hotWater'),
      comfort: water('comfort') ?? 55,
      setback: water('setback') ?? 50,
      frost: water('frostProtectionTemperature') ?? 10,
      min: water('minTemperature') ?? 10,
      max: water('maxTemperature') ?? 90,
      returnLimit: water('returnLimit.limit') ?? 60,
      control: controlOf(water, 15),
      disinfection: {
        days: water('antiBacteria.days') ?? 0,
        start: (water('antiBacteria.start') ?? 0) * 1_000,
        duration: (water('antiBacteria.duration') ?? 0) * 1_000,
        temperature: water('antiBacteria.temperature'),
      },
    },
    relays: relayNumbers.map((n) => bank.value(`relay${n}.override`) ?? 0),
    clockOffset,
  }
}

function controlOf(value: (id: string) => number | null, usualRunTime: number): ControlSettings {
  return {
    band: value('control.proportionalBand') ?? 80,
    integration: value('control.integrationTime') ?? 30,
    neutralZone: value('control.neutralZone') ?? 3,
    runTime: value('control.motorRunTime') ?? usualRunTime,
  }
}

function modeOf(value: number | null): Mode {
  return value === 0 || value === 2 || value === 3 || value === 4 ? value : 1
}

function weekOf(bank: Bank, circuit: string): Week | null {
  const at = (day: string, edge: string) => bank.value(`${circuit}.schedule.${day}.${edge}`)
  if (at('monday', 'start1') === null) return null
  return weekdays.map((day) =>
    periods.map((n) => [minutesOf(at(day, `start${n}`) ?? 2400), minutesOf(at(day, `stop${n}`) ?? 2400)] as const),
  )
}
