/** A closed outline of M, L, C and Z with absolute numbers, filled by the even-odd rule, in a square of 64 by 64. */
export type Fill = { fill: string; path: string }
/** A line with round ends through points, in the same square. */
export type Stroke = { stroke: string; width: number; points: [x: number, y: number][]; closed: boolean }
export type Shape = Fill | Stroke

const ground = '#343a40'
/** Small icons stand on dark and on light bars. */
const smallGround = '#565e66'
const pipe = '#7d868e'
const ember = '#dd7a33'

const corners = (radius: number): [number, number][] =>
  Array.from({ length: 6 }, (_, i) => {
    const angle = ((i * 60 - 90) * Math.PI) / 180
    return [round(32 + radius * Math.cos(angle)), round(32 + radius * Math.sin(angle))]
  })

const outline = (points: [number, number][]) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`

/** A flame with a smaller one left open in it. */
const flame =
  'M33.5 14C35 21 45.5 26.5 45.5 37.2C45.5 45 39.6 50 32 50C24.4 50 18.5 45 18.5 37.4C18.5 31.5 22.2 28.2 24.2 24C25.6 26 26.2 27.8 26.4 29.8C30.2 26.4 33 20.5 33.5 14Z' +
  'M32.4 32.5C33.4 36 37.4 37.8 37.4 42C37.4 45 35 46.9 32 46.9C29 46.9 26.6 45 26.6 42.2C26.6 38.6 31.4 37 32.4 32.5Z'

const hexagon = (radius: number, width: number, colour: string): Shape[] => [
  { fill: colour, path: outline(corners(radius)) },
  { stroke: colour, width, points: corners(radius), closed: true },
]

const spoke = (i: number, from: number, to: number): Stroke => {
  const points = [from, to].flatMap((radius) => corners(radius).slice(i, i + 1))
  return { stroke: pipe, width: 1.6, points, closed: false }
}

/** The mark: a flame in a cell of the network, with the pipes that lead to its neighbours. */
export const mark: Shape[] = [
  ...hexagon(26, 8, ground),
  { stroke: pipe, width: 1.6, points: corners(23.5), closed: true },
  ...[0, 1, 2, 3, 4, 5].map((i) => spoke(i, 29.5, 23.5)),
  ...corners(23.5).map((corner): Stroke => ({ stroke: pipe, width: 4.6, points: [corner], closed: false })),
  { fill: ember, path: flame },
]

/** The same for sizes where thin lines would be mud. */
export const smallMark: Shape[] = [...hexagon(25, 12, smallGround), { fill: ember, path: grown(flame, 1.18) }]

/** Black on nothing: macOS gives it the colour of the menu bar. */
export const template: Shape[] = [
  { stroke: '#000000', width: 5, points: corners(27), closed: true },
  { fill: '#000000', path: grown(flame, 0.95) },
]

/** A dot to lie over the icon in the task bar. */
export const dot: Shape[] = [{ stroke: ember, width: 52, points: [[32, 32]], closed: false }]

/** The mark on a ground that fills the square, for phones that cut their own corners. */
export const tile: Shape[] = [{ fill: '#eceef0', path: 'M0 0L64 0L64 64L0 64Z' }, ...mark]

function grown(path: string, factor: number): string {
  return path.replaceAll(/(-?[\d.]+) (-?[\d.]+)/g, (_pair, x: string, y: string) => {
    const [dx, dy] = [(Number(x) - 32) * factor, (Number(y) - 33) * factor]
    return `${round(32 + dx)} ${round(32.5 + dy)}`
  })
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

export function toSvg(shapes: readonly Shape[]): string {
  const lines = shapes.map((shape) => {
    if ('fill' in shape) return `  <path fill="${shape.fill}" fill-rule="evenodd" d="${shape.path}"/>`
    const path = `M${shape.points.map(([x, y]) => `${x} ${y}`).join('L')}${shape.closed ? 'Z' : ''}`
    const line = shape.points.length === 1 ? `${path}h0` : path
    return `  <path fill="none" stroke="${shape.stroke}" stroke-width="${shape.width}" stroke-linecap="round" stroke-linejoin="round" d="${line}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">\n${lines.join('\n')}\n</svg>\n`
}
