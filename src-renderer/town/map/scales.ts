/** What the colour of the pipes tells. */
export const shades = ['both', 'supply', 'return', 'flow', 'dp'] as const
export type Shade = (typeof shades)[number]
export type Quantity = Exclude<Shade, 'both'>
export type Scheme = 'light' | 'dark'

/** Limits of the classes in which a primary return is shown, °C. */
export const returnLimits = [30, 35, 40, 45, 50] as const

/** Blue to red over pale yellow: told apart by people who cannot tell red from green (ColorBrewer RdYlBu). */
const returnColors = ['#4575b4', '#91bfdb', '#e0f3f8', '#fee090', '#fc8d59', '#d73027'] as const

export type ReturnClass = { index: number; color: string; from: number | null; to: number | null }

export const returnClasses: readonly ReturnClass[] = returnColors.map((color, index) => ({
  index,
  color,
  from: returnLimits[index - 1] ?? null,
  to: returnLimits[index] ?? null,
}))

/** The class of a return temperature, °C. A limit belongs to the class above it. */
export function returnClass(value: number): ReturnClass {
  const index = returnLimits.filter((limit) => value >= limit).length
  return { index, color: returnColors[index] ?? returnColors[0], from: returnLimits[index - 1] ?? null, to: returnLimits[index] ?? null }
}

type Stops = readonly [string, ...string[]]
const stops: Record<Quantity, Record<Scheme, Stops>> = {
  supply: { light: ['#f2b36b', '#e8743b', '#c22d27', '#86102c'], dark: ['#f6d29a', '#f59e56', '#ee5f45', '#d6294f'] },
  return: { light: ['#143f7f', '#2c7fc0', '#5fb3c6', '#a78bc6'], dark: ['#3a70cf', '#4fa8e4', '#8edbe6', '#cdb4f0'] },
  flow: { light: ['#93b8af', '#55a093', '#1d7a74', '#0b4a4f'], dark: ['#41625f', '#4b9389', '#62c6b2', '#b9f2dc'] },
  dp: { light: ['#8d2f7e', '#a8649f', '#6f8a3e', '#3f6a12'], dark: ['#d36fc1', '#c59fc4', '#a9c479', '#8fd14a'] },
}

/** The span of values that a scale covers. Temperatures keep theirs, so that a colour always means the same. */
export function spanOf(quantity: Quantity, values: readonly number[]): readonly [number, number] {
  if (quantity === 'supply') return [55, 95]
  if (quantity === 'return') return [25, 50]
  return [0, niceCeiling(Math.max(0, ...values))]
}

/** The next of 1, 2, 5, 10, 20 ... at or above; 1 for nothing. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5].find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power
}

/** The colour of a value; beyond the span that of its end. */
export function colorOf(quantity: Quantity, scheme: Scheme, value: number, [low, high]: readonly [number, number]): string {
  const colors = stops[quantity][scheme]
  const part = Math.min(1, Math.max(0, (value - low) / (high - low || 1))) * (colors.length - 1)
  const from = Math.min(colors.length - 2, Math.floor(part))
  return mixed(colors[from] ?? colors[0], colors[from + 1] ?? colors[0], part - from)
}

/** The scale as a CSS gradient, low to high. */
export function gradientOf(quantity: Quantity, scheme: Scheme): string {
  return `linear-gradient(to right, ${stops[quantity][scheme].join(', ')})`
}

function mixed(from: string, to: string, part: number): string {
  const channel = (color: string, i: number) => Number.parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16)
  const hex = [0, 1, 2].map((i) => Math.round(channel(from, i) * (1 - part) + channel(to, i) * part))
  return `#${hex.map((one) => one.toString(16).padStart(2, '0')).join('')}`
}

/** How wide a pipe is drawn, px: the area tells the flow. */
export function widthOf(flow: number, most: number): number {
  return 1.4 + 4.6 * Math.sqrt(Math.min(1, Math.max(0, flow) / (most || 1)))
}

/** Radius of a station, px: the area tells the power. */
export function radiusOf(power: number, most: number): number {
  return 5 + 7 * Math.sqrt(Math.min(1, Math.max(0, power) / (most || 1)))
}
