import type { CallInput, CallOutput } from '#shared/api.ts'
import { edgesOf } from '#shared/history/buckets.ts'
import type { Figure, Step } from '#shared/history/step.ts'

export type Page = CallOutput<'history.table'>
/** What the table shows. `to` does not lie after the quarter hour that runs now. */
export type Question = { series: number[]; from: number; to: number; step: Step; figures: Figure[]; timeZone: string }

/** A row of the screen: one of a page, or a stretch in which nothing was stored. */
export type Line =
  | { kind: 'row'; page: Page; row: number }
  | { kind: 'gap'; from: number; to: number }
  | { kind: 'waiting'; at: number | null }

/** Cells and rows of a page at most. */
const pageCells = 50_000
const mostRows = 1000
const quarterMs = 15 * 60_000
/** Rows further apart than so many usual distances have a gap between them. */
const gapFactor = 2

/** First moments of all rows, for steps; null for stored samples, whose moments nobody knows before they are read. */
export function momentsOf({ step, from, to, timeZone }: Question): number[] | null {
  if (step === 'raw') return null
  return from < to ? edgesOf(step, from, to, timeZone) : []
}

/** How many rows a page of the question has. */
export function pageRowsOf({ series, step, figures }: Pick<Question, 'series' | 'step' | 'figures'>): number {
  const columns = Math.max(1, series.length * (step === 'raw' ? 1 : figures.length))
  return Math.min(mostRows, Math.ceil(pageCells / columns))
}

/** The question for a page: of steps the k-th, of samples the one that begins at the k-th of `starts`. Null beyond the end. */
export function askFor(
  question: Question,
  moments: readonly number[] | null,
  starts: readonly number[],
  k: number,
): CallInput<'history.table'> | null {
  const { series, from, to, step, figures } = question
  const pageRows = pageRowsOf(question)
  const base = { series, step, figures, limit: pageRows }
  if (moments) {
    const first = moments[k * pageRows]
    const last = moments[Math.min(moments.length - 1, (k + 1) * pageRows)]
    return first === undefined || last === undefined || first >= last ? null : { ...base, from: first, to: last }
  }
  const start = k === 0 ? from : starts[k - 1]
  return start === undefined || start >= to ? null : { ...base, from: start, to }
}

/** The rows of a page of samples with the stretches between them in which nothing was stored. `until`: the end, on the last page. */
export function linesOf(page: Page, before: number, until: number | null): Line[] {
  const everyMs = usualDistance(page.at)
  const lines: Line[] = []
  let last = before
  const gap = (to: number) => {
    if (to - last > everyMs * gapFactor) lines.push({ kind: 'gap', from: last, to })
  }
  page.at.forEach((at, row) => {
    gap(at)
    lines.push({ kind: 'row', page, row })
    last = at
  })
  if (until !== null) gap(until)
  return lines
}

/** The median of the distances, at least a quarter of an hour. */
function usualDistance(at: readonly number[]): number {
  const distances = at.slice(1).map((moment, i) => moment - (at[i] ?? 0))
  distances.sort((a, b) => a - b)
  return Math.max(quarterMs, distances[(distances.length - 1) >> 1] ?? 0)
}
