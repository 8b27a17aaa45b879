import type { Settings } from '../image/settings.ts'

export const phases = ['comfort', 'saving', 'frost', 'manual'] as const
export type Phase = (typeof phases)[number]

/** A temperature as its sensor shows it, °C; null: the sensor is broken. */
export type Seen = number | null

/** What a controller sees and does with its heating circuit. */
export type HeatingState = {
  phase: Phase
  reference: number
  flow: Seen
  return: Seen
  room: Seen
  /** What the return shall not exceed. */
  returnReference: number
  /** Heat is wanted: the pump runs and the valve is controlled. */
  on: boolean
  /** -1: the valve is being closed, 1: opened. */
  motor: -1 | 0 | 1
  /** Position of the valve, %. */
  opening: number
  /** What the return limit and the room did to the reference, K. */
  byReturn: number
  byRoom: number
  cutOut: boolean
}

/** The same for hot water. `return`: primary return of its exchanger. */
export type WaterState = {
  phase: Phase
  reference: number
  flow: Seen
  return: Seen
  returnReference: number
  on: boolean
  motor: -1 | 0 | 1
  opening: number
}

/** The heat meter on the primary side, as it shows itself (latched each 30 s). */
export type MeterState = {
  serial: number
  /** kWh, m³; only grow. */
  energy: number
  volume: number
  /** Volume times flow and times return temperature, m³·°C. */
  energyIn: number
  energyOut: number
  /** kW, m³/h, °C. */
  power: number
  flow: number
  flowTemperature: number
  returnTemperature: number
  /** Hours that it has counted. */
  hours: number
  /** A flow or temperature cannot be measured. */
  fault: boolean
  /** It counts in GJ where MWh are expected; `energy` here stays kWh. */
  gigajoules: boolean
}

/** Everything that the sensors, outputs and the meter of one station are at the physics' present. */
export type StationState = {
  settings: Settings
  outdoor: Seen
  lowest: number
  highest: number
  heating: HeatingState
  water: WaterState
  meter: MeterState
  /** Primary side as the controller's own sensors see it: °C, bar, m³/h. */
  primary: { supply: number; return: number; dp: number; flow: number }
  alarms: { sensor: boolean; flowDeviation: boolean }
}
