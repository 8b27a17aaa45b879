import type { Trace } from './plotly-types.ts'
import { qualities, type Quality } from '#shared/reading.ts'
import type { FigureTheme } from './figure.ts'
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

/** Thin bars at the foot of the chart, one row per course that has something to tell. */
export function qualityTraces(courses: readonly Course[], theme: FigureTheme): { traces: Trace[]; rows: number } {
  const impaired = courses.map(impairedSpans).filter((spans) => spans.length > 0)
  const traces = impaired.flatMap((spans, row) =>
    [...new Set(spans.map(({ quality }) => quality))].map((quality) => {
      const own = spans.filter((span) => span.quality === quality)
      return {
        type: 'scatter',
        mode: 'lines',
        x: own.flatMap(({ from, to }) => [from, to, null]),
        y: own.flatMap(() => [row, row, null]),
        yaxis: qualityAxis,
        connectgaps: false,
        line: { color: colorOf(quality, theme), width: 5 },
        hoverinfo: 'skip',
        showlegend: false,
      }
    }),
  )
  return { traces, rows: impaired.length }
}

export function colorOf(quality: Quality, theme: Pick<FigureTheme, 'abnormal' | 'caution' | 'quiet'>): string {
  if (quality === 'offline') return theme.abnormal
  return quality === 'fault' || quality === 'stale' ? theme.caution : theme.quiet
}
