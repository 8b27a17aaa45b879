import { edgesOf } from '#shared/history/buckets.ts'
import type { BucketTable } from '#shared/history/port.ts'
import type { Step } from '#shared/history/step.ts'
import { BucketSums } from './bucket-sums.ts'
import { bytes, integers, seconds, values } from './columns.ts'
import type { Database } from './database.ts'
import { collectWaiting, condition, readLines, type Question, type Range } from './lines.ts'
import type { Reader, Source } from './reader.ts'
import { emptyRows } from './rows.ts'
import { isDense, readSums, type SumSource } from './sum-tables.ts'
import { Sums, type SumRows } from './sums.ts'
import type { Unapplied } from './waiting.ts'

type Asked = { range: Range; step: Exclude<Step, 'raw'>; zone: string; registers: ReadonlySet<number> }

/** More series than this are compared by a table and not by a list in the question. */
const listed = 500

/**
 * Series summed up over whole buckets, from the sums that lie beside sealed samples where there are such, from samples elsewhere. The
 * answer is the same as from samples alone.
 */
export async function readBuckets(database: Database, unapplied: Unapplied, asked: Asked, question: Question): Promise<BucketTable> {
  const edges = edgesOf(asked.step, asked.range.from, asked.range.to, asked.zone)
  const range = { series: asked.range.series, from: edges[0] ?? 0, to: edges.at(-1) ?? 0 }
  const starts = edges.map((edge) => edge / 1000)
  const sums = new BucketSums(range.series, starts)
  let exact = true
  await database.read(async (reader) => {
    const waiting = await collectWaiting(reader, unapplied, range)
    const sources = reader.sources(range.from / 1000, range.to / 1000)
    exact = !sources.some(({ sealed }) => sealed?.entry.thinned)
    if (range.series.length > listed && !isDense(range.series)) await reader.table('asked', rowsOf(range.series))
    const rest = await fromSums(reader, sources, { ...asked, range }, sums)
    for (const { source, series } of rest) sums.add(await sumUp(reader, source, { ...range, series }, starts))
    for (const [series, line] of waiting) {
      const summed = new Sums(starts)
      const { at, value, quality } = line.samples(Infinity)
      at.forEach((moment, i) => summed.add(series, moment / 1000, value[i] as number, quality[i] as number))
      sums.add(summed.rows)
    }
  }, question)
  // Where samples were let go, what the sums say together is all there is.
  if (exact) for (const [series, buckets] of sums.mixed) await again(database, unapplied, { series, buckets, edges, sums }, question)
  return sums.table()
}

/** What is still to be summed up from samples. */
type Rest = { source: Source; series: readonly number[] }

/** Takes what the sums beside sealed files say, and answers of which source and series they say nothing. */
async function fromSums(reader: Reader, sources: readonly Source[], asked: Asked, sums: BucketSums): Promise<Rest[]> {
  const { range, step, zone, registers } = asked
  const fits = ({ sealed }: Source) => step !== '15min' && sealed?.entry.zone === zone
  const usable = sources.filter(fits)
  const others = sources.filter((source) => !fits(source)).map((source) => ({ source, series: range.series }))
  const list = range.series.length > listed && !isDense(range.series) ? 'asked' : undefined
  const kept = step === 'day' && range.series.length > 1 && range.series.every((series) => registers.has(series))
  const covered = usable.map(() => new Set<number>())
  const kind = kept ? 'register' : step === '15min' ? 'day' : step
  await readSums(
    reader,
    usable.map((source) => ({ source, kind, list, ...range })),
    (rows, i) => {
      if (kept || step === 'hour') noteAll(rows.series, covered[i] ?? new Set())
      sums.add(rows)
    },
  )
  if (!kept && step !== 'hour') return others
  const rest = usable.flatMap((source, i) => {
    const series = range.series.filter((number) => !covered[i]?.has(number))
    return series.length > 0 ? [{ source, series }] : []
  })
  if (!kept) return [...others, ...rest]
  // A file may be older than the knowledge that a series is a register.
  const days = rest.map(({ source, series }): SumSource => ({ source, kind: 'day', list: undefined, ...range, series }))
  await readSums(reader, days, (rows) => sums.add(rows))
  return others
}

/** Rows of one series follow each other. */
function noteAll(series: Uint32Array, seen: Set<number>): void {
  let last = -1
  for (let i = 0; i < series.length; i++) {
    if (series[i] === last) continue
    last = series[i] as number
    seen.add(last)
  }
}

/** Sums up the samples of one source. */
async function sumUp(reader: Reader, source: Source, range: Range, starts: readonly number[]): Promise<SumRows> {
  const summed = new Sums(starts)
  const dense = isDense(range.series)
  const list = !dense && range.series.length > listed ? 'asked' : undefined
  const which = condition(range.series, range, source, dense ? 'dense' : list)
  await reader.chunks(`SELECT series, "at", value, quality FROM ${source.readings} WHERE ${which} ORDER BY series, "at"`, (chunk) => {
    const series = integers(chunk, 0)
    const second = seconds(chunk, 1)
    const value = values(chunk, 2)
    const quality = bytes(chunk, 3)
    for (let i = 0; i < series.length; i++) summed.add(series[i] as number, second[i] as number, value[i] as number, quality[i] as number)
  })
  return summed.rows
}

type Mixed = { series: number; buckets: readonly number[]; edges: readonly number[]; sums: BucketSums }

/** Reads the samples of buckets whose sums cannot be put together. */
async function again(database: Database, unapplied: Unapplied, { series, buckets, edges, sums }: Mixed, question: Question): Promise<void> {
  const [first, last] = [Math.min(...buckets), Math.max(...buckets)]
  const range = { series: [series], from: edges[first] ?? 0, to: edges[last + 1] ?? 0 }
  const summed = new Sums(edges.map((edge) => edge / 1000))
  await readLines(database, unapplied, range, question, (_series, { at, value, quality }) => {
    at.forEach((moment, i) => summed.add(series, moment / 1000, value[i] as number, quality[i] as number))
  })
  sums.replace(series, buckets, summed.rows)
}

function rowsOf(series: readonly number[]) {
  const rows = emptyRows(series.length)
  rows.series.set(series)
  return rows
}
