import type { Quantity } from '../units.ts'
import type { MeterRecord } from './record.ts'
import type { MbusUnit } from './vif-table.ts'

type Conversions = Partial<Record<MbusUnit, (value: number) => number>>

const same = (value: number) => value
const dimensionless: Conversions = { '': same, '%': same, Bd: same, bit: same, dBm: same }

/** From what meters send to the canonical unit of each quantity (units.ts). A unit that is not there has no value of it. */
const conversions: Record<Quantity, Conversions> = {
  energy: {
    Wh: (value) => value / 1000,
    J: (value) => value / 3.6e6,
    // The international table calorie, 4.1868 J.
    cal: (value) => (value * 1.163) / 1e6,
  },
  power: { W: (value) => value / 1000, 'J/h': (value) => value / 3.6e6 },
  volume: { 'm³': same },
  flow: { 'm³/h': same, 'm³/min': (value) => value * 60, 'm³/s': (value) => value * 3600 },
  temperature: { '°C': same },
  temperatureDifference: { K: same },
  pressure: { bar: same },
  ratio: { '%': same },
  duration: { s: same },
  count: dimensionless,
  state: dimensionless,
  text: dimensionless,
  number: { '': same },
}

/** Quantities whose numbers are shown in whatever unit the meter has, since no canonical one stands for them. */
const anyUnit = new Set<Quantity>(['number'])

/** A value in the canonical unit of the quantity, or null when the meter's unit cannot be turned into it. */
export function canonical(value: number, unit: MbusUnit, into: Quantity): number | null {
  const convert = conversions[into][unit] ?? (anyUnit.has(into) ? same : undefined)
  return convert ? convert(value) : null
}

const shown = ['energy', 'power', 'volume', 'flow', 'temperature', 'temperatureDifference', 'pressure', 'ratio', 'duration'] as const

/** The quantity of units.ts that a record is shown as: one that its unit can be turned into, otherwise a plain number. */
export function quantityOf({ unit }: Pick<MeterRecord, 'unit'>): Quantity {
  return shown.find((candidate) => conversions[candidate][unit]) ?? 'number'
}

/** The number of a record in the canonical unit of the quantity; null when it has none, or one of another kind. */
export function numberOf({ value, unit }: MeterRecord, into: Quantity): number | null {
  if (value.kind === 'number') return canonical(value.value, unit, into)
  if (value.kind === 'large') return canonical(Number(value.integer) * 10 ** value.exponent * value.factor, unit, into)
  return null
}
