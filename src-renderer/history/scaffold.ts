import { extremes, isStepped, type Course } from './series.ts'

export type Range = readonly [low: number, high: number]

/** Where each course is drawn: measured ones on the axis of their unit, states in rows of their own below. */
export type Scaffold = {
  units: readonly string[]
  stepped: readonly Course[]
  axisOf: (course: Course) => string
  /** A value as it is drawn on its axis; for states the height in their row. */
  heightOf: (course: Course) => (value: number) => number
}

/** plotly's names of the axes that are no unit's. */
export const stateAxis = 'y21'
export const qualityAxis = 'y22'

export function scaffoldOf(courses: readonly Course[]): Scaffold {
  const units = [...new Set(courses.filter((course) => !isStepped(course.point)).map(({ point }) => point.unit))]
  const stepped = courses.filter((course) => isStepped(course.point))
  return {
    units,
    stepped,
    axisOf: ({ point }) => (isStepped(point) ? stateAxis : axisName(units.indexOf(point.unit))),
    heightOf: (course) => {
      if (!isStepped(course.point)) return (value) => value
      const row = stepped.length - 1 - stepped.findIndex(({ point }) => point.series === course.point.series)
      const [low, high] = stepRange(stepped[stepped.length - 1 - row] ?? course)
      return (value) => row + (0.8 * (value - low)) / (high - low)
    },
  }
}

/** The smallest value of a state stands at the foot of its row and the largest at its head. */
function stepRange(course: Course): Range {
  const named = Object.keys(course.point.values ?? {}).map(Number)
  const range = extremes(course) ?? { min: 0, max: 1 }
  return [Math.min(0, range.min, ...named), Math.max(1, range.max, ...named)]
}

export function axisName(i: number): string {
  return i === 0 ? 'y' : `y${i + 1}`
}

/**
 * From where to where the axis of each unit reaches in [from, to]: on round numbers with some air, so that a value which comes in
 * moves the axis seldom.
 */
export function rangesOf(courses: readonly Course[], from: number, to: number): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>()
  for (const course of courses) {
    if (isStepped(course.point)) continue
    const found = extremes(course, from, to)
    if (!found) continue
    const [low, high] = ranges.get(course.point.unit) ?? [found.min, found.max]
    ranges.set(course.point.unit, [Math.min(low, found.min), Math.max(high, found.max)])
  }
  return new Map([...ranges].map(([unit, range]) => [unit, rounded(range)]))
}

function rounded([lowest, highest]: Range): Range {
  // A line that does not move stands in the middle of its axis.
  const half = highest > lowest ? 0 : Math.max(Math.abs(highest) / 10, 0.5)
  const [low, high] = [lowest - half, highest + half]
  const span = high - low
  const power = 10 ** Math.floor(Math.log10(span / 10))
  const step = ([1, 2, 5, 10].find((one) => one * power >= span / 10) ?? 10) * power
  const air = span * 0.03
  const cut = (value: number) => Number(value.toPrecision(12))
  return [cut(Math.floor((low - air) / step) * step), cut(Math.ceil((high + air) / step) * step)]
}
