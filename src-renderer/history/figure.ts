import type { Layout, Trace } from './plotly-types.ts'
import { isStepped, type Course } from './series.ts'
import { qualityTraces } from './quality-strip.ts'
import { bandOf, lineOf, stepsOf } from './traces.ts'
import type { Tick } from './ticks.ts'

export type FigureTheme = { text: string; quiet: string; line: string; ground: string; abnormal: string; caution: string; font: string }
export type FigureInput = {
  courses: readonly Course[]
  from: number
  to: number
  now: number | null
  ticks: readonly Tick[]
  theme: FigureTheme
  touch: boolean
  narrow: boolean
  nameOf: (course: Course) => string
  separators: string
}

const mostAxes = 4

/** Traces and layout of a chart. Measured values share an axis per unit; states stand in rows of their own below. */
export function figureOf(input: FigureInput): { traces: Trace[]; layout: Layout } {
  const { courses, from, to, ticks, theme } = input
  const measured = courses.filter(({ point }) => !isStepped(point))
  const stepped = courses.filter(({ point }) => isStepped(point))
  const unitNames = [...new Set(measured.map(({ point }) => point.unit))]
  const strip = qualityTraces(courses, theme)
  const floor = strip.rows > 0 ? Math.min(0.12, 0.022 * strip.rows + 0.012) : 0
  const statesTop = stepped.length > 0 ? floor + Math.min(0.5, 0.085 * stepped.length + 0.02) : floor
  const main: [number, number] = [measured.length > 0 ? (stepped.length > 0 ? statesTop + 0.04 : floor) : 0.98, 1]
  const traces: Trace[] = measured.flatMap((course) => {
    const yaxis = axisName(Math.min(unitNames.indexOf(course.point.unit), mostAxes - 1))
    return [...bandOf(course, yaxis), ...lineOf(course, yaxis)]
  })
  stepped.forEach((course, row) => traces.push(stepsOf(course, stepped.length - 1 - row)))
  traces.push(...strip.traces)
  const shapes: Layout[] = ticks.filter(({ day }) => day).map(({ at }) => upright(at, theme.line, 1.5))
  if (input.now !== null && input.now > from && input.now < to) shapes.push(upright(input.now, theme.quiet, 1, 'dot'))
  const layout: Layout = {
    autosize: true,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.quiet },
    showlegend: false,
    separators: input.separators,
    hovermode: 'x',
    hoverdistance: -1,
    spikedistance: -1,
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
      showspikes: true,
      spikemode: 'across',
      spikesnap: 'cursor',
      spikethickness: 1,
      spikedash: 'solid',
      spikecolor: theme.quiet,
      anchor: 'free',
      position: 0,
    },
    shapes,
    ...unitAxes(unitNames, main, theme),
    yaxis8: {
      domain: [floor, stepped.length > 0 ? statesTop : floor + 0.001],
      range: [-0.15, Math.max(1, stepped.length)],
      fixedrange: true,
      showgrid: false,
      zeroline: false,
      automargin: true,
      tickmode: 'array',
      tickvals: stepped.map((_, i) => i + 0.4),
      ticktext: stepped.toReversed().map((course) => shortened(input.nameOf(course), input.narrow ? 14 : 26)),
      showticklabels: stepped.length > 0,
      anchor: 'x',
    },
    yaxis9: {
      domain: [0, Math.max(0.001, floor - 0.012)],
      range: [-0.5, Math.max(1, strip.rows) - 0.5],
      fixedrange: true,
      showgrid: false,
      zeroline: false,
      showticklabels: false,
      anchor: 'x',
    },
  }
  return { traces, layout }
}

function unitAxes(unitNames: readonly string[], domain: [number, number], theme: FigureTheme): Layout {
  const axes: Layout = {}
  unitNames.slice(0, mostAxes).forEach((unit, i) => {
    axes[i === 0 ? 'yaxis' : `yaxis${i + 1}`] = {
      domain,
      tickmode: 'auto',
      exponentformat: 'none',
      separatethousands: true,
      ...(unit === '' ? {} : { ticksuffix: ` ${unit}`, showticksuffix: 'last' }),
      side: i % 2 === 0 ? 'left' : 'right',
      ...(i === 0 ? {} : { overlaying: 'y' }),
      ...(i < 2 ? { anchor: 'x' } : { anchor: 'free', autoshift: true }),
      showgrid: i === 0,
      gridcolor: theme.line,
      zeroline: false,
      automargin: true,
      fixedrange: true,
      nticks: 8,
    }
  })
  if (unitNames.length === 0) axes['yaxis'] = { domain, visible: false, fixedrange: true }
  return axes
}

function axisName(i: number): string {
  return i === 0 ? 'y' : `y${i + 1}`
}

function upright(at: number, color: string, width: number, dash = 'solid'): Layout {
  return { type: 'line', xref: 'x', yref: 'paper', x0: at, x1: at, y0: 0, y1: 1, line: { color, width, dash }, layer: 'below' }
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
