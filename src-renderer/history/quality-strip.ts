import type { Trace } from './plotly-types.ts'
import { qualities, type Quality } from '#shared/reading.ts'
import type { FigureTheme } from './figure.ts'
import type { Stroke } from './overlay.ts'
import { qualityAxis } from './scaffold.ts'
import type { Course } from './series.ts'

export type Span = { from: number; to: number; quality: Quality }

/** The stretches in which a course is not simply good, in order. A stretch reaches to the next sample. */
export function impairedSpans(course: Pick<Course, 'at' | 'quality' | 'value'>): Span[] {
  const spans: Span[] = []
  const { at, quality, value } = course
  for (let i = 0; i < at.length; i++) {
    const word = qualities[quality[i] ?? 0] ?? 'fault'
    const from = at[i] ?? 0
    // Where nothing is stored there is a hole and no quality.
    if (word === 'good' || (value[i] === null && word !== 'fault' && word !== 'offline')) continue
    const to = at[i + 1] ?? from + (from - (at[i - 1] ?? from - 1))
    const last = spans.at(-1)
    if (last && last.quality === word && last.to === from) last.to = to
    else spans.push({ from, to, quality: word })
  }
  return spans
}

type Bar = { at: (number | null)[]; row: (number | null)[]; color: string }

/** Thin bars at the foot of the chart, one row per course that has something to tell. */
function barsOf(courses: readonly Course[], theme: FigureTheme): { bars: Bar[]; rows: number } {
  const impaired = courses.map(impairedSpans).filter((spans) => spans.length > 0)
  const bars = impaired.flatMap((spans, row) =>
    [...new Set(spans.map(({ quality }) => quality))].map((quality) => {
      const own = spans.filter((span) => span.quality === quality)
      const at = own.flatMap(({ from, to }) => [from, to, null])
      return { at, row: own.flatMap(() => [row, row, null]), color: colorOf(quality, theme) }
    }),
  )
  return { bars, rows: impaired.length }
}

const barWidth = 5

export function qualityTraces(courses: readonly Course[], theme: FigureTheme): { traces: Trace[]; rows: number } {
  const { bars, rows } = barsOf(courses, theme)
  const traces = bars.map(({ at, row, color }) => ({
    type: 'scatter',
    mode: 'lines',
    x: at,
    y: row,
    yaxis: qualityAxis,
    connectgaps: false,
    line: { color, width: barWidth },
    hoverinfo: 'skip',
    showlegend: false,
  }))
  return { traces, rows }
}

/** The same on the sheet over the plot. */
export function qualityStrokes(courses: readonly Course[], theme: FigureTheme): { strokes: Stroke[]; rows: number } {
  const { bars, rows } = barsOf(courses, theme)
  const strokes = bars.map(({ at, row, color }): Stroke => {
    const moments = at.map((one, i) => one ?? at[i - 1] ?? 0)
    return { axis: qualityAxis, at: moments, height: row, color, dash: 'solid', stepped: false, width: barWidth }
  })
  return { strokes, rows }
}

export function colorOf(quality: Quality, theme: Pick<FigureTheme, 'abnormal' | 'caution' | 'quiet'>): string {
  if (quality === 'offline') return theme.abnormal
  return quality === 'fault' || quality === 'stale' ? theme.caution : theme.quiet
}
