import type { Quantity } from '../units.ts'

/** Exponents of K, bar, m³, kWh, h and %. A percentage is a measure of its own: 50 % of something is written × 50 / 100, never by chance. */
export type Dimensions = readonly number[]

/** What a value is measured in. A value × `scale` is in the base units; `point`: a temperature, which is no difference. */
export type Measure = { dimensions: Dimensions; scale: number; point: boolean }

const bases = ['K', 'bar', 'm³', 'kWh', 'h', '%'] as const
const plain: Dimensions = [0, 0, 0, 0, 0, 0]

const measure = (dimensions: Dimensions, scale = 1, point = false): Measure => ({ dimensions, scale, point })
const kelvin = (point: boolean) => measure([1, 0, 0, 0, 0, 0], 1, point)
const pressure = (scale: number) => measure([0, 1, 0, 0, 0, 0], scale)
const volume = (scale: number) => measure([0, 0, 1, 0, 0, 0], scale)
const energy = (scale: number) => measure([0, 0, 0, 1, 0, 0], scale)
const power = (scale: number) => measure([0, 0, 0, 1, -1, 0], scale)
const time = (scale: number) => measure([0, 0, 0, 0, 1, 0], scale)
const kiloJoule = 1 / 3600

export const plainMeasure = measure(plain)

/** Units that may stand behind a number. */
const written = new Map<string, Measure>([
  ['°C', kelvin(true)],
  ['K', kelvin(false)],
  ['bar', pressure(1)],
  ['mbar', pressure(0.001)],
  ['Pa', pressure(0.000_01)],
  ['kPa', pressure(0.01)],
  ['MPa', pressure(10)],
  ['m³', volume(1)],
  ['m3', volume(1)],
  ['l', volume(0.001)],
  ['Wh', energy(0.001)],
  ['kWh', energy(1)],
  ['MWh', energy(1000)],
  ['GWh', energy(1_000_000)],
  ['kJ', energy(kiloJoule)],
  ['MJ', energy(1000 * kiloJoule)],
  ['GJ', energy(1_000_000 * kiloJoule)],
  ['W', power(0.001)],
  ['kW', power(1)],
  ['MW', power(1000)],
  ['s', time(1 / 3600)],
  ['min', time(1 / 60)],
  ['h', time(1)],
  ['d', time(24)],
  ['%', measure([0, 0, 0, 0, 0, 1])],
])

export const writtenUnits: readonly string[] = [...written.keys()]

const measures: Record<Exclude<Quantity, 'text'>, Measure> = {
  temperature: kelvin(true),
  temperatureDifference: kelvin(false),
  pressure: pressure(1),
  flow: measure([0, 0, 1, 0, -1, 0]),
  power: power(1),
  energy: energy(1),
  volume: volume(1),
  ratio: measure([0, 0, 0, 0, 0, 1]),
  duration: time(1 / 3600),
  count: plainMeasure,
  number: plainMeasure,
  state: plainMeasure,
}

export function isUnit(name: string): boolean {
  return written.has(name)
}

export function unitMeasure(name: string): Measure {
  return written.get(name) ?? plainMeasure
}

/** Null for texts, which nothing can be calculated from. */
export function measureOf(quantity: Quantity): Measure | null {
  return quantity === 'text' ? null : measures[quantity]
}

export function isPlain({ dimensions }: Measure): boolean {
  return dimensions.every((exponent) => exponent === 0)
}

/** Whether two are of the same kind, though perhaps written in units of another size. */
export function alike(a: Measure, b: Measure): boolean {
  return a.point === b.point && a.dimensions.every((exponent, i) => exponent === b.dimensions[i])
}

export function times(a: Measure, b: Measure, sign: 1 | -1 = 1): Measure {
  const dimensions = a.dimensions.map((exponent, i) => exponent + sign * (b.dimensions[i] as number))
  return measure(dimensions, sign === 1 ? a.scale * b.scale : a.scale / b.scale)
}

export function raised(a: Measure, exponent: number): Measure {
  return measure(
    a.dimensions.map((one) => one * exponent),
    a.scale ** exponent,
  )
}

/** Factor from values of one measure to values of another that is alike, without the noise of binary fractions. */
export function factorBetween(from: Pick<Measure, 'scale'>, to: Pick<Measure, 'scale'>): number {
  const factor = from.scale / to.scale
  const neat = (number: number) => Math.abs(number / Math.round(number) - 1) < 1e-12
  if (neat(factor)) return Math.round(factor)
  return neat(1 / factor) ? 1 / Math.round(1 / factor) : factor
}

/** What numbers of a measure are in when nobody minds units: the canonical unit of its quantity, or the base units. */
export function canonicalScale(of: Measure): number {
  return Object.values(measures).find((known) => alike(known, { ...of, point: known.point }))?.scale ?? 1
}

/** In words, such as °C, kWh/K or 1 for a plain number. */
export function measureText({ dimensions, scale, point }: Measure): string {
  if (point) return '°C'
  const known = [...written].find(([, one]) => !one.point && alike(one, measure(dimensions)) && Math.abs(one.scale / scale - 1) < 1e-9)
  if (known) return known[0]
  const part = (wanted: 1 | -1) =>
    dimensions
      .flatMap((exponent, i) =>
        Math.sign(exponent) === wanted ? [`${bases[i]}${Math.abs(exponent) === 1 ? '' : `^${Math.abs(exponent)}`}`] : [],
      )
      .join('·')
  const below = part(-1)
  const size = Math.abs(scale - 1) < 1e-9 ? '' : `${Number(scale.toPrecision(4))} `
  return `${size}${part(1) || '1'}${below === '' ? '' : below.includes('·') ? `/(${below})` : `/${below}`}`
}
