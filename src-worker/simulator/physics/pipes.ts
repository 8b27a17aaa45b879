import { density } from './water.ts'

/** Growth of water's volume with its temperature, 1/K, between 20 and 95 °C. */
export function expansion(temperature: number): number {
  return 3.85e-4 + 6.4e-6 * (temperature - 40)
}

const friction = 0.02
/** Bends, branches and valves on top of the straight pipe. */
const fittings = 1.3
/** A longer pipe gets more cells, so that a front keeps its shape. */
const cellLength = 300
const mostCells = 4

/** Pipe from the main to a station: DN 25, 12 m. */
export const servicePipe = { length: 12, diameter: 0.0285, loss: 0.16 } as const

/** Design pressure drop of one pipe, Pa/m. */
const designDrop = 100
/** Part of all design flows behind a pipe that comes together. */
const simultaneity = 0.65

/** Nominal diameter; inner diameter of steel pipe, m; heat lost by one pipe of standard insulation, W/(m K). */
const sizes = [
  [15, 0.0173, 0.11],
  [20, 0.0217, 0.13],
  [25, 0.0285, 0.156],
  [32, 0.0372, 0.159],
  [40, 0.0431, 0.181],
  [50, 0.0545, 0.201],
  [65, 0.0703, 0.233],
  [80, 0.0825, 0.242],
  [100, 0.1071, 0.254],
  [125, 0.1325, 0.288],
  [150, 0.1603, 0.337],
  [200, 0.2101, 0.369],
  [250, 0.263, 0.364],
  [300, 0.3127, 0.413],
  [350, 0.3444, 0.4],
  [400, 0.3938, 0.42],
  [500, 0.4954, 0.41],
  [600, 0.5958, 0.5],
] as const

export type PipeSize = { diameter: number; loss: number }

/** The pipe of this nominal diameter, or the next greater one that is made. */
export function sizeOf(dn: number): PipeSize {
  const [, diameter, loss] = sizes.find(([nominal]) => nominal >= dn) ?? sizes[sizes.length - 1] ?? sizes[0]
  return { diameter, loss }
}

/** The smallest pipe that carries `sum`, all design flows behind it, and `most`, the greatest of them, kg/s. */
export function sizeFor(sum: number, most: number): PipeSize {
  const flow = Math.max(simultaneity * sum, most)
  const fit = sizes.find(([dn, diameter]) => dn >= 20 && resistance(1, diameter) * flow * flow <= designDrop)
  return sizeOf(fit?.[0] ?? Infinity)
}

/** Pressure lost by one pipe for the square of its flow, Pa/(kg/s)². */
export function resistance(length: number, diameter: number): number {
  const area = (Math.PI / 4) * diameter * diameter
  return (fittings * friction * length) / (diameter * 2 * density * area * area)
}

/** Water in one pipe, kg. */
export function content(length: number, diameter: number): number {
  return (Math.PI / 4) * diameter * diameter * length * density
}

export function cellsOf(length: number): number {
  return Math.min(Math.max(Math.ceil(length / cellLength), 1), mostCells)
}
