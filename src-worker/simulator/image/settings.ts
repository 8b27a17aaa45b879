import { curveOf } from '../physics/heat-curve.ts'
import { minutesOf, type Week } from '../physics/week.ts'
import type { Bank } from './bank.ts'
import type { Habits } from './habits.ts'
import type { Duty } from './outputs.ts'
import { gradientOfRadiators } from './usual.ts'

/** 0 manual, 1 scheduled, 2 comfort, 3 saving, 4 frost protection: what a circuit is set to. */
export type Mode = 0 | 1 | 2 | 3 | 4

/** What somebody tells a pump: 0 nothing, 1 off, 2 on. */
export type PumpOrder = 0 | 1 | 2

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
  /** How much warmer the flow is while heating up after saving, %; null: not at all. */
  boost?: number | null | undefined
  /** Time over which the wanted room rises from saving to comfort, s; null: at once. */
  ramp?: number | null | undefined
  /** 10 to 59: the heavier the building, the greater, and the earlier heating up begins; null: at the program's time. */
  optimizer?: number | null | undefined
  /** Heating stands back while hot water is drawn. */
  waterPriority?: boolean | undefined
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
  /** The same by what the relays of the application switch. */
  pumps?: { heating: PumpOrder; water: PumpOrder } | undefined
  /** Outdoor temperature that somebody tells the controller in place of its sensor, °C. */
  outdoor?: number | null | undefined
  /** How far the controller's clock is ahead of local time, ms. */
  clockOffset: number
}

export const curvePoints = ['minus30', 'minus15', 'minus5', 'zero', 'plus5', 'plus15'] as const
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export const periods = [1, 2, 3] as const
export const relayNumbers = [1, 2, 3, 4, 5, 6] as const

type Value = (id: string) => number | null

/** Reads the settings off the registers; what the application does not have takes the maker's usual value, or the house's habit. */
export function settingsOf(bank: Bank, habits: Habits, clockOffset: number): Settings {
  const { parts } = bank.model
  const of = (part: string | null): Value => (part ? (id) => bank.value(`${part}.${id}`) : () => null)
  const [heating, water] = [of(parts.heating), of(parts.water)]
  const mode = (part: string | null) => (part ? modeOf(bank, `${part}.mode`) : 1)
  const heatingMode = mode(parts.heating)
  const waterMode = mode(parts.water)
  return {
    manual: heatingMode === 0 || waterMode === 0,
    heating: {
      mode: heatingMode,
      stopped: heating('totalStop') === 1,
      week: weekOf(bank, parts.heating) ?? habits.heating,
      ...curveSettings(bank, heating),
      comfort: heating('comfort') ?? 20,
      setback: heating('setback') ?? 17,
      frost: heating('frostProtectionTemperature') ?? 10,
      minFlow: heating('minFlow') ?? 10,
      maxFlow: heating('maxFlow') ?? 90,
      cutOut: heating('heatCutOut'),
      autoSetback: heating('autoSetback') ?? heating('comfortBelow'),
      roomInfluence: { max: heating('roomLimit.maxInfluence') ?? 0, min: heating('roomLimit.minInfluence') ?? 0 },
      returnLimit: returnLimitOf(heating),
      boost: heating('boost'),
      ramp: heating('ramp'),
      optimizer: heating('optimizer'),
      waterPriority: heating('hotWaterPriority') === 1,
      control: controlOf(heating, 60),
    },
    water: {
      mode: waterMode,
      week: weekOf(bank, parts.water) ?? habits.water,
      comfort: water('comfort') ?? 55,
      setback: water('setback') ?? 50,
      frost: water('frostProtectionTemperature') ?? 10,
      min: water('minTemperature') ?? 10,
      max: water('maxTemperature') ?? 90,
      returnLimit: water('returnLimit.limit') ?? water('returnReference') ?? 60,
      control: controlOf(water, 15),
      disinfection: disinfectionOf(water),
    },
    relays: relayNumbers.map((n) => bank.value(`relay${n}.override`) ?? 0),
    pumps: { heating: pumpOrder(bank, 'heatingPump'), water: pumpOrder(bank, 'waterPump') },
    outdoor: toldOutdoor(bank),
    clockOffset,
  }
}

/** Slope and the six points of the curve, moved by the parallel displacement. */
function curveSettings(bank: Bank, heating: Value): { slope: number; curve: readonly number[] } {
  const set = heating('slope')
  const slope = set === null ? 1 : bank.model.parts.byGradient ? set / gradientOfRadiators : set
  const points = curvePoints.map((id) => heating(`curve.${id}`))
  const displacement = heating('displacement') ?? 0
  const curve = points.every((flow) => flow !== null) ? points : curveOf(slope)
  return { slope, curve: curve.map((flow) => flow + displacement) }
}

/** A line over the outdoor temperature, or one temperature for all weathers. */
function returnLimitOf(heating: Value): HeatingSettings['returnLimit'] {
  const one = heating('returnLimit.limit') ?? heating('returnReference')
  return {
    highOutdoor: heating('returnLimit.highOutdoor') ?? 15,
    low: heating('returnLimit.low') ?? Math.min(one ?? 50, heating('returnLimit.base') ?? Infinity),
    lowOutdoor: heating('returnLimit.lowOutdoor') ?? -15,
    high: heating('returnLimit.high') ?? one ?? 60,
    influence: Math.min(0, heating('returnLimit.maxInfluence') ?? (one === null ? 0 : -2)),
  }
}

function pumpOrder(bank: Bank, duty: Duty): PumpOrder {
  const n = bank.model.parts.wiring.relays.indexOf(duty) + 1
  const told = n === 0 ? 0 : bank.value(`relay${n}.override`)
  return told === 1 || told === 2 ? told : 0
}

function controlOf(value: Value, usualRunTime: number): ControlSettings {
  // A gain in % of the travel for each K.
  const gain = value('control.gain')
  return {
    band: value('control.proportionalBand') ?? (value('control.proportionalBandHigh') || (gain ? 100 / gain : 80)),
    integration: value('control.integrationTime') || 30,
    neutralZone: value('control.neutralZone') ?? 3,
    runTime: value('control.motorRunTime') ?? usualRunTime,
  }
}

const minute = 60_000

function disinfectionOf(water: Value): WaterSettings['disinfection'] {
  const temperature = water('antiBacteria.temperature')
  const weekday = water('antiBacteria.weekday')
  if (weekday === null) {
    return {
      days: water('antiBacteria.days') ?? 0,
      start: (water('antiBacteria.start') ?? 0) * 1_000,
      duration: (water('antiBacteria.duration') ?? 0) * 1_000,
      temperature,
    }
  }
  const [start, stop] = [minutesOf(water('antiBacteria.startTime') ?? 0), minutesOf(water('antiBacteria.stopTime') ?? 0)]
  const days = weekday === 0 ? 0 : 2 ** (weekday - 1)
  return { days, start: start * minute, duration: Math.max(0, stop - start) * minute, temperature }
}

const modes: Readonly<Record<string, Mode>> = {
  'mode.manual': 0,
  'mode.scheduled': 1,
  'mode.automatic': 1,
  'mode.comfort': 2,
  'mode.setback': 3,
  'mode.frostProtection': 4,
  'mode.standby': 4,
}

function modeOf(bank: Bank, id: string): Mode {
  const value = bank.value(id)
  return modes[bank.model.byId.get(id)?.values?.[String(value)] ?? ''] ?? 1
}

/** Comfort periods as HHMM or, where the profile keeps durations, seconds since midnight; null without a week program. */
function weekOf(bank: Bank, circuit: string | null): Week | null {
  const timed = bank.point(`${circuit}.week.monday.start1`) !== undefined
  const at = (day: string, edge: string) => bank.value(`${circuit}.${timed ? 'week' : 'schedule'}.${day}.${edge}`)
  if (at('monday', 'start1') === null) return null
  const minutes = (value: number | null) => (value === null ? 24 * 60 : timed ? Math.floor(value / 60) : minutesOf(value))
  return weekdays.map((day) => periods.map((n) => [minutes(at(day, `start${n}`)), minutes(at(day, `stop${n}`))] as const))
}

/** Switched on, taken from what is written, and said to be sound. */
function toldOutdoor(bank: Bank): number | null {
  const told = (id: string) => bank.value(`externalOutdoor.${id}`)
  return told('enabled') === 1 && told('source') === 2 && told('status') === 0 ? told('temperature') : null
}
