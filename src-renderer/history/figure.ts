import { axisName, rangesOf, scaffoldOf, type Range, type Scaffold } from './scaffold.ts'
import type { Layout, Trace } from './plotly-types.ts'
import { isStepped, type Course } from './series.ts'
import { qualityTraces } from './quality-strip.ts'
import { bandOf, lineOf, pastOf } from './traces.ts'
import type { Tick } from './ticks.ts'

export type FigureTheme = { text: string; quiet: string; line: string; ground: string; abnormal: string; caution: string; font: string }
export type FigureInput = {
  courses: readonly Course[]
  /** The courses of a year before, on the axis of today. */
  past: readonly Course[]
  /** By unit; what is missing is taken from the courses. */
  ranges?: ReadonlyMap<string, Range>
  from: number
  to: number
  ticks: readonly Tick[]
  theme: FigureTheme
  touch: boolean
  narrow: boolean
  nameOf: (course: Course) => string
  separators: string
}
export type Figure = { traces: Trace[]; layout: Layout; scaffold: Scaffold }

/** Traces and layout of a chart. Measured values share an axis per unit; states stand in rows of their own below. */
export function figureOf(input: FigureInput): Figure {
  const { courses, past, theme } = input
  const scaffold = scaffoldOf(courses)
  const strip = qualityTraces(courses, theme)
  const measured = courses.filter(({ point }) => !isStepped(point))
  const traces = [
    ...past.flatMap((course) => pastOf(course, scaffold)),
    ...measured.flatMap((course) => bandOf(course, scaffold)),
    ...courses.flatMap((course) => lineOf(course, scaffold)),
    ...strip.traces,
  ]
  return { traces, layout: layoutOf(input, scaffold, strip.rows), scaffold }
}

/** The frame that lines are drawn into. `qualityRows`: how many lines have impaired stretches to tell of. */
export function layoutOf(input: FigureInput, scaffold: Scaffold, qualityRows: number): Layout {
  const { from, to, ticks, theme } = input
  const { stepped } = scaffold
  const floor = qualityRows > 0 ? Math.min(0.12, 0.022 * qualityRows + 0.012) : 0
  const statesTop = stepped.length > 0 ? floor + Math.min(0.5, 0.085 * stepped.length + 0.02) : floor
  const main: Range = [scaffold.units.length > 0 ? (stepped.length > 0 ? statesTop + 0.04 : floor) : 0.98, 1]
  const still = { fixedrange: true, showgrid: false, zeroline: false, anchor: 'x' }
  return {
    autosize: true,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.quiet },
    showlegend: false,
    separators: input.separators,
    hovermode: false,
    dragmode: input.touch ? false : 'zoom',
    margin: { l: 12, r: 12, t: 26, b: 34, pad: 4 },
    xaxis: {
      type: 'linear',
      range: [from, to],
      tickmode: 'array',
      tickvals: ticks.map(({ at }) => at),
      ticktext: ticks.map(({ text, day }) => (day ? `<b>${text}</b>` : text)),
      gridcolor: theme.line,
      linecolor: theme.quiet,
      zeroline: false,
      tickangle: 0,
      anchor: 'free',
      position: 0,
    },
    shapes: ticks.filter(({ day }) => day).map(({ at }) => upright(at, theme.line, 1.5)),
    ...unitAxes(input, scaffold, main),
    yaxis21: {
      ...still,
      domain: [floor, stepped.length > 0 ? statesTop : floor + 0.001],
      range: [-0.15, Math.max(1, stepped.length)],
      automargin: true,
      tickmode: 'array',
      tickvals: stepped.map((_, i) => i + 0.4),
      ticktext: stepped.toReversed().map((course) => shortened(input.nameOf(course), input.narrow ? 14 : 26)),
      showticklabels: stepped.length > 0,
    },
    yaxis22: {
      ...still,
      domain: [0, Math.max(0.001, floor - 0.012)],
      range: [-0.5, Math.max(1, qualityRows) - 0.5],
      showticklabels: false,
    },
  }
}

/** An axis for each unit, in turns left and right, in the colour of its lines where they have but one. */
function unitAxes({ courses, past, from, to, theme, narrow, ...input }: FigureInput, { units }: Scaffold, domain: Range): Layout {
  const axes: Layout = {}
  const ranges = input.ranges ?? rangesOf([...courses, ...past], from, to)
  units.forEach((unit, i) => {
    const colors = new Set(courses.filter(({ point }) => !isStepped(point) && point.unit === unit).map(({ color }) => color))
    const [color] = colors.size === 1 && units.length > 1 ? colors : [theme.quiet]
    axes[axisName(i).replace('y', 'yaxis')] = {
      domain,
      range: [...(ranges.get(unit) ?? [0, 1])],
      tickmode: 'auto',
      exponentformat: 'none',
      separatethousands: true,
      ...(unit === '' ? {} : { ticksuffix: ` ${unit}`, showticksuffix: 'last' }),
      tickfont: { color },
      side: i % 2 === 0 ? 'left' : 'right',
      ...(i === 0 ? {} : { overlaying: 'y' }),
      ...(i < 2 ? { anchor: 'x' } : { anchor: 'free', autoshift: true }),
      // A phone has room for two; the table below the chart has all values with their units.
      showticklabels: ranges.has(unit) && !(narrow && i > 1),
      showgrid: i === 0,
      gridcolor: theme.line,
      zeroline: false,
      automargin: true,
      fixedrange: true,
      nticks: 8,
    }
  })
  if (units.length === 0) axes['yaxis'] = { domain, visible: false, fixedrange: true }
  return axes
}

function upright(at: number, color: string, width: number): Layout {
  return { type: 'line', xref: 'x', yref: 'paper', x0: at, x1: at, y0: 0, y1: 1, line: { color, width, dash: 'solid' }, layer: 'below' }
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
