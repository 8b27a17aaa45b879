import type { Trace } from './plotly-types.ts'
import type { Course } from './series.ts'
import { stateAxis, type Scaffold } from './scaffold.ts'

const quiet = { hoverinfo: 'skip', showlegend: false, type: 'scatter' }

/** Stored values as one line, with holes where nothing was measured; states as steps. */
export function lineOf(course: Course, { axisOf, heightOf }: Scaffold): Trace[] {
  const { at, value, color, dash } = course
  const yaxis = axisOf(course)
  const height = heightOf(course)
  const stepped = yaxis === stateAxis
  const y = stepped ? value.map((one) => (one === null ? null : height(one))) : value
  const shape = stepped ? { shape: 'hv' } : { simplify: true }
  const line = { ...quiet, mode: 'lines', x: at, y, yaxis, connectgaps: false, line: { color, width: 1.7, dash, ...shape } }
  // A sample with nothing on either side has no line to show itself in.
  const lonely = value.flatMap((one, i) => (one !== null && (value[i - 1] ?? null) === null && (value[i + 1] ?? null) === null ? [i] : []))
  if (lonely.length === 0) return [line]
  const dots = { x: lonely.map((i) => at[i] ?? 0), y: lonely.map((i) => y[i] ?? null) }
  return [line, { ...quiet, mode: 'markers', ...dots, yaxis, marker: { color, size: 4 } }]
}

/** The space between smallest and largest value of a reduced line. One closed shape per stretch without a gap. */
export function bandOf(course: Course, { axisOf }: Scaffold): Trace[] {
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
  return [{ ...quiet, mode: 'lines', x, y, yaxis: axisOf(course), fill: 'toself', fillcolor: `${color}2e`, line: { width: 0 } }]
}

/** The course of a year before, paler than today's. */
export function pastOf(course: Course, scaffold: Scaffold): Trace[] {
  return lineOf({ ...course, color: paler(course.color) }, scaffold)
}

export function paler(color: string): string {
  return `${color}78`
}
