import type { Trace } from './plotly-types.ts'
import { extremes, type Course } from './series.ts'

const quietHover = { hoverinfo: 'none', showlegend: false }

/** Stored and live values as one line, with holes where nothing was measured. */
export function lineOf(course: Course, yaxis: string): Trace[] {
  const { at, value, color, dash } = course
  const line = {
    type: 'scatter',
    mode: 'lines',
    x: at,
    y: value,
    yaxis,
    connectgaps: false,
    line: { color, width: 1.7, dash, simplify: true },
    ...quietHover,
  }
  // A sample with nothing on either side has no line to show itself in.
  const lonely = value.flatMap((one, i) => (one !== null && (value[i - 1] ?? null) === null && (value[i + 1] ?? null) === null ? [i] : []))
  if (lonely.length === 0) return [line]
  const dots = { x: lonely.map((i) => at[i] ?? 0), y: lonely.map((i) => value[i] ?? null) }
  return [line, { type: 'scatter', mode: 'markers', ...dots, yaxis, marker: { color, size: 4 }, ...quietHover }]
}

/** The space between smallest and largest value of a reduced line. One closed shape per stretch without a gap. */
export function bandOf(course: Course, yaxis: string): Trace[] {
  const { at, min, max, color } = course
  if (!min || !max) return []
  const x: (number | null)[] = []
  const y: (number | null)[] = []
  const put = (i: number, edge: readonly (number | null)[]) => {
    x.push(at[i] ?? null)
    y.push(edge[i] ?? null)
  }
  const isHole = (i: number) => i === at.length || (min[i] ?? null) === null || (max[i] ?? null) === null
  let start = 0
  for (let end = 0; end <= at.length; end++) {
    if (!isHole(end)) continue
    if (end - start > 1) {
      for (let i = start; i < end; i++) put(i, max)
      for (let i = end - 1; i >= start; i--) put(i, min)
      x.push(null)
      y.push(null)
    }
    start = end + 1
  }
  return [
    {
      type: 'scatter',
      mode: 'lines',
      x,
      y,
      yaxis,
      fill: 'toself',
      fillcolor: `${color}2e`,
      line: { width: 0 },
      hoverinfo: 'skip',
      showlegend: false,
    },
  ]
}

/** A state as steps in a row of its own: its smallest value at the foot of the row, its largest at the head. */
export function stepsOf(course: Course, row: number): Trace {
  const range = extremes(course) ?? { min: 0, max: 1 }
  const low = Math.min(0, range.min)
  const high = Math.max(1, range.max)
  return {
    type: 'scatter',
    mode: 'lines',
    x: course.at,
    y: course.value.map((value) => (value === null ? null : row + (0.8 * (value - low)) / (high - low))),
    yaxis: 'y8',
    connectgaps: false,
    line: { color: course.color, width: 1.7, shape: 'hv' },
    ...quietHover,
  }
}
