import type { Shape } from './shapes.ts'

/** Red, green, blue, opacity, a byte each, row by row from the top. */
export type Picture = { size: number; pixels: Uint8Array }

type Point = [x: number, y: number]
type Test = {
  colour: [number, number, number]
  box: [left: number, top: number, right: number, bottom: number]
  inside(x: number, y: number): boolean
}

const square = 64
const corners: Point[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
]
const fine = Array.from({ length: 64 }, (_, i): Point => [((i % 8) + 0.5) / 8, (Math.floor(i / 8) + 0.5) / 8])
const curveSteps = 24

/** Draws the shapes over each other. A pixel whose corners and middle agree is not looked at more closely. */
export function draw(shapes: readonly Shape[], size: number): Picture {
  const tests = shapes.map(testOf)
  const pixels = new Uint8Array(size * size * 4)
  const scale = square / size
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = (x: number, y: number) => colourAt(tests, (column + x) * scale, (row + y) * scale)
      const first = at(0.5, 0.5)
      const plain = corners.every(([x, y]) => at(x, y) === first)
      if (plain && first === undefined) continue
      const looks = plain ? [first] : fine.map(([x, y]) => at(x, y))
      const hits = looks.filter((colour) => colour !== undefined)
      if (hits.length === 0) continue
      const mean = [0, 1, 2].map((c) => Math.round(hits.reduce((sum, colour) => sum + (colour[c] ?? 0), 0) / hits.length))
      pixels.set([...mean, Math.round((hits.length / looks.length) * 255)], (row * size + column) * 4)
    }
  }
  return { size, pixels }
}

function colourAt(tests: readonly Test[], x: number, y: number): Test['colour'] | undefined {
  for (let i = tests.length - 1; i >= 0; i--) {
    const test = tests[i]
    if (!test) continue
    const [left, top, right, bottom] = test.box
    if (x >= left && x <= right && y >= top && y <= bottom && test.inside(x, y)) return test.colour
  }
  return undefined
}

function testOf(shape: Shape): Test {
  if ('fill' in shape) {
    const edges = flatten(shape.path).flatMap(edgesOf)
    const rows = new Map<number, number[]>()
    const inside = (x: number, y: number) => {
      let row = rows.get(y)
      if (!row) rows.set(y, (row = edges.flatMap(([a, b]) => crossing(a, b, y))))
      return row.filter((at) => x < at).length % 2 === 1
    }
    return { colour: colourOf(shape.fill), box: boxOf(edges.flat(), 0), inside }
  }
  const { points, width, closed } = shape
  const segments =
    points.length === 1 ? [[points[0], points[0]] as [Point, Point]] : closed ? edgesOf(points) : edgesOf(points).slice(0, -1)
  const reach = (width / 2) ** 2
  const inside = (x: number, y: number) => segments.some(([a, b]) => distance2(a, b, x, y) <= reach)
  return { colour: colourOf(shape.stroke), box: boxOf(points, width / 2), inside }
}

/** The outlines of a path as polygons. */
function flatten(path: string): Point[][] {
  const outlines: Point[][] = []
  for (const [, command, text = ''] of path.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const numbers =
      text.trim() === ''
        ? []
        : text
            .trim()
            .split(/[\s,]+/)
            .map(Number)
    const points = Array.from({ length: numbers.length / 2 }, (_, i): Point => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0])
    const outline = outlines.at(-1)
    if (command === 'M') outlines.push(points)
    else if (command === 'L') outline?.push(...points)
    else if (command === 'C')
      for (let i = 0; i + 2 < points.length; i += 3) outline?.push(...curve([outline.at(-1), ...points.slice(i, i + 3)]))
  }
  return outlines
}

function curve(controls: (Point | undefined)[]): Point[] {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = controls
  return Array.from({ length: curveSteps }, (_, i): Point => {
    const t = (i + 1) / curveSteps
    const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3]
    return [p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]]
  })
}

function edgesOf(points: readonly Point[]): [Point, Point][] {
  return points.map((point, i) => [point, points[(i + 1) % points.length] ?? point])
}

/** Where an edge crosses the line at height y, if it does. */
function crossing([ax, ay]: Point, [bx, by]: Point, y: number): number[] {
  return ay > y !== by > y ? [((bx - ax) * (y - ay)) / (by - ay) + ax] : []
}

function distance2([ax, ay]: Point, [bx, by]: Point, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2))
  return (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2
}

function boxOf(points: readonly Point[], reach: number): Test['box'] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return [Math.min(...xs) - reach, Math.min(...ys) - reach, Math.max(...xs) + reach, Math.max(...ys) + reach]
}

function colourOf(text: string): Test['colour'] {
  const value = Number.parseInt(text.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
