import type { CallOutput } from '#shared/api.ts'
import type { ParsedOf } from '#shared/contract.ts'
import type { gapsQuestion, tableQuestion } from '#shared/history/table-contract.ts'
import type { Gaps } from '#shared/history/port.ts'
import { isRegister, presentShare, rowsTogether, type TableRows } from '#shared/history/table.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import { askedUntil } from './question.ts'
import { rowsOf, tableEdges, type RowSource, type TableQuestion } from './rows.ts'

const usualEveryMs = 15 * 60_000
/** One sample may be missed before it is called a gap. */
const missedBefore = 2

/** Cells of a page; more than that would keep the host busy for too long at once. */
const mostCells = 200_000

/** Where the rows of tables come from; they end when the one who asked goes away. */
export function rowSource(host: Host, signal: AbortSignal | undefined): RowSource {
  return {
    call: host.workers.history.call,
    timeZone: host.timeZone,
    register: (series) => isRegister(host.plant.ownerOf(series)?.point.is),
    signal,
  }
}

/** A page of a table: up to `limit` rows from `from` on, fewer where they are very wide. */
export async function readTable(
  host: Host,
  { limit: most, ...asked }: ParsedOf<typeof tableQuestion>,
  { signal }: Context,
): Promise<CallOutput<'history.table'>> {
  const now = host.clock()
  const question: TableQuestion = { ...asked, series: [...new Set(asked.series)], figures: [...new Set(asked.figures)] }
  const limit = Math.min(most, Math.ceil(mostCells / (question.series.length * question.figures.length)))
  const edges = question.step === 'raw' ? null : tableEdges(question, question.step, host.timeZone, now)
  const parts: TableRows[] = []
  let rows = 0
  const raw = question.step === 'raw'
  for await (const part of rowsOf(rowSource(host, signal), question, raw ? limit + 1 : limit, now)) {
    parts.push(part)
    rows += part.at.length
    if (rows > limit || (!raw && rows >= limit)) break
  }
  const { at, columns } = rowsTogether(parts)
  const figures = raw ? [null] : question.figures
  const last = raw ? at[limit] : edges?.[limit]
  const more = raw ? at.length > limit : edges !== null && edges.length - 1 > limit
  return {
    at: [...at.subarray(0, limit)],
    columns: question.series.flatMap((series, s) =>
      figures.map((figure, f) => {
        const column = columns[s * figures.length + f]
        return {
          series,
          figure,
          value: Array.from(column?.value.subarray(0, limit) ?? [], (value) => (Number.isFinite(value) ? value : null)),
          state: [...(column?.state.subarray(0, limit) ?? [])],
        }
      }),
    ),
    total: edges && Math.max(0, edges.length - 1),
    next: more ? (last ?? null) : null,
  }
}

/** Where samples that count are missing. Nothing is missing yet after now. */
export async function readGaps(
  host: Host,
  { series: asked, from, to: end, everyMs, limit }: ParsedOf<typeof gapsQuestion>,
  { signal }: Context,
): Promise<CallOutput<'history.gaps'>> {
  const to = Math.min(end, host.clock())
  const { call } = host.workers.history
  const paces = new Map<number, number[]>()
  for (const series of new Set(asked)) {
    const pace = everyMs ?? paceOf(host, series)
    paces.set(pace, [...(paces.get(pace) ?? []), series])
  }
  const found: { series: number; everyMs: number; gaps: Gaps }[] = []
  for (const [pace, series] of paces) {
    const question = { series, from, to, everyMs: pace * missedBefore }
    const all = to > from ? await askedUntil(call, signal, (query) => call.gaps({ ...question, query })) : series.map(noGaps)
    all.forEach((gaps) => found.push({ series: gaps.series, everyMs: pace, gaps }))
  }
  const each = found.map((one) => ({
    series: one.series,
    everyMs: one.everyMs,
    gaps: one.gaps.from.length,
    share: presentShare(one.gaps, from, to, one.everyMs),
  }))
  const gaps = found.flatMap(({ series, gaps: { from: begun, to: ended } }) =>
    Array.from(begun, (moment, i) => ({ series, from: moment, to: ended[i] as number })),
  )
  return {
    gaps: gaps.sort((a, b) => b.from - a.from || a.series - b.series).slice(0, limit),
    series: each,
    to,
    share: each.reduce((sum, { share }) => sum + share, 0) / Math.max(1, each.length),
  }
}

/** How far apart samples of a series are expected: a device that is spared is read less often. */
function paceOf(host: Host, series: number): number {
  return Math.max(usualEveryMs, host.plant.ownerOf(series)?.device.spare?.restMs ?? 0)
}

function noGaps(series: number): Gaps {
  return { series, from: new Float64Array(), to: new Float64Array() }
}
