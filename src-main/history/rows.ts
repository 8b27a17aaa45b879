import { createCalendar } from '#shared/calendar.ts'
import { Failure } from '#shared/failures.ts'
import { edgesOf } from '#shared/history/buckets.ts'
import type { Buckets } from '#shared/history/port.ts'
import type { Samples } from '#shared/history/reduce.ts'
import type { Figure, Step } from '#shared/history/step.ts'
import { cellsOf, joinSamples, lastOf, type Before, type Cells, type TableRows } from '#shared/history/table.ts'
import { askedUntil, goOn, type HistoryCall } from './question.ts'

/** A table: its columns are the series, and of sums each figure of each series. */
export type TableQuestion = { series: readonly number[]; from: number; to: number; step: Step; figures: readonly Figure[] }

export type RowSource = {
  call: HistoryCall
  timeZone: string
  /** Whether the values of a series only count up. */
  register: (series: number) => boolean
  signal?: AbortSignal | undefined
}

const dayMs = 24 * 3_600_000
const yearMs = 366 * dayMs
const longestMs = 60 * yearMs
/** So many samples are fetched at once, over all series. */
const atOnce = 60_000
const firstWindowMs = 2 * dayMs
const fastestGrowth = 8
/** So far back a last value is looked for from which a register has counted on. */
const lookBackDays = 400

/** First moments of the buckets of a question and behind them the end of the last one. What lies after `now` is left out. */
export function tableEdges(
  question: Pick<TableQuestion, 'from' | 'to'>,
  step: Exclude<Step, 'raw'>,
  timeZone: string,
  now: number,
): number[] {
  const from = Math.max(0, question.from)
  const to = Math.min(question.to, now + 1)
  if (to - from > longestMs) throw new Failure('input.invalid', { fields: 'from and to lie too far apart' })
  return from < to ? edgesOf(step, from, to, timeZone) : []
}

/** The rows of a table from the oldest on, in parts of at most `most` rows. Throws `cancelled` when the signal fires. */
export async function* rowsOf(source: RowSource, question: TableQuestion, most: number, now: number): AsyncGenerator<TableRows> {
  if (question.step === 'raw') yield* sampleRows(source, question, most)
  else yield* bucketRows(source, question, question.step, most, now)
}

async function* sampleRows({ call, signal }: RowSource, question: TableQuestion, most: number): AsyncGenerator<TableRows> {
  const series = [...question.series]
  let window = firstWindowMs
  for (let from = Math.max(0, question.from); from < question.to;) {
    const first = from
    const to = Math.min(question.to, from + window)
    const lines: Samples[] = await askedUntil(call, signal, (query) => call.samples({ series, from: first, to, query }))
    let places = lines.map(() => 0)
    for (;;) {
      const { taken, ...rows } = joinSamples(lines, places, to, most)
      if (rows.at.length === 0) break
      places = taken
      yield rows
      goOn(signal)
    }
    const got = lines.reduce((sum, { at }) => sum + at.length, 0)
    window *= Math.min(fastestGrowth, Math.max(1 / fastestGrowth, atOnce / Math.max(1, got)))
    from = to
  }
}

async function* bucketRows(
  { call, timeZone, register, signal }: RowSource,
  question: TableQuestion,
  step: Exclude<Step, 'raw'>,
  most: number,
  now: number,
): AsyncGenerator<TableRows> {
  const series = [...question.series]
  const edges = tableEdges(question, step, timeZone, now)
  const part = Math.max(1, Math.min(most, Math.ceil(atOnce / series.length)))
  let known: Map<number, Before> | undefined
  for (let row = 0; row + 1 < edges.length; row += part) {
    goOn(signal)
    const own = edges.slice(row, row + part + 1)
    const [from, to] = [own[0] ?? 0, own.at(-1) ?? 0]
    if (question.figures.includes('delta')) known ??= await valuesBefore({ call, timeZone, signal }, series, from)
    const all = await askedUntil(call, signal, (query) => call.aggregate({ series, from, to, step, query, report: true }))
    const columns: Cells[] = []
    for (const buckets of all) {
      const before = known?.get(buckets.series)
      const cells = cellsOf(buckets, own, question.figures, { register: register(buckets.series), before })
      if (cells.before) known?.set(buckets.series, cells.before)
      columns.push(...cells.columns)
    }
    yield { at: Float64Array.from(own.slice(0, -1)), columns }
  }
}

/** The last value of each series before a moment, which is the edge of a bucket. Those without one are left out. */
async function valuesBefore(
  { call, timeZone, signal }: Pick<RowSource, 'call' | 'timeZone' | 'signal'>,
  series: readonly number[],
  moment: number,
): Promise<Map<number, Before>> {
  const calendar = createCalendar(timeZone)
  const near = calendar.startOf(calendar.dateAt(moment - dayMs))
  const found = new Map<number, Before>()
  const look = async (from: number, to: number, step: '15min' | 'day') => {
    const missing = series.filter((one) => !found.has(one))
    if (missing.length === 0) return
    const all: Buckets[] = await askedUntil(call, signal, (query) =>
      call.aggregate({ series: missing, from, to, step, query, report: true }),
    )
    for (const buckets of all) {
      const last = lastOf(buckets)
      if (last) found.set(buckets.series, last)
    }
  }
  await look(near, moment, '15min')
  await look(calendar.startOf(calendar.dateAt(near - lookBackDays * dayMs)), near, 'day')
  return found
}
