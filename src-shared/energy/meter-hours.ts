import type { Figure, Found, Rule } from './finding.ts'
import type { Hours } from './hours.ts'
import type { Limits } from './limits.ts'
import type { Walked } from './walk.ts'
import type { SensorSide } from './water.ts'

export const measuredNames = [
  'energy',
  'volume',
  'power',
  'flow',
  'supply',
  'return',
  'outdoor',
  'secondaryFlow',
  'secondaryReturn',
] as const
export type MeasuredName = (typeof measuredNames)[number]

/** What the plate of a meter says; null where nobody has said it. kW, m³/h. */
export type Plate = {
  designPower: number | null
  permanentFlow: number | null
  smallestFlow: number | null
  side: SensorSide | null
  /** Local date, such as 2027-12-31. */
  verifiedUntil: string | null
}

export const blankPlate: Plate = { designPower: null, permanentFlow: null, smallestFlow: null, side: null, verifiedUntil: null }

/** One meter and what is measured beside it, by the hour, for the checks. */
export type MeterHours = {
  /** Beginnings of the hours, UTC ms. */
  at: Float64Array
  measured: Partial<Record<MeasuredName, Hours & { series: number }>>
  energy: (Walked & { series: number; resolution: number }) | null
  volume: (Walked & { series: number; resolution: number }) | null
  plate: Plate
  /** Beginnings of the local days in it, and behind them the end. */
  days: readonly number[]
  limits: Limits
}

export function found(
  rule: Rule,
  severity: Found['severity'],
  series: number | null,
  from: number,
  to: number,
  ...figures: Figure[]
): Found {
  return { rule, severity, series, from, to, figures }
}

/** Hours in which heat is surely delivered: standing pipes take on whatever temperature is around them. */
export function delivering(meter: MeterHours): (row: number) => boolean {
  const { power } = meter.measured
  const least = workingPower(meter)
  return (row) => !power || (power.min[row] as number) > least
}

/** kW from which on a meter is surely at work. */
export function workingPower({ plate, limits, energy }: MeterHours): number {
  const least = plate.designPower === null ? limits.stuck.leastPower : plate.designPower * limits.stuck.powerShare
  return Math.max(least, 4 * (energy?.resolution ?? 0))
}
