import { bucketsOf, edgesOf } from '#shared/history/buckets.ts'
import type { Buckets } from '#shared/history/port.ts'
import type { Step } from '#shared/history/step.ts'
import { BucketSums } from './bucket-sums.ts'
import { bytes, doubles, integers } from './columns.ts'
import type { Database } from './database.ts'
import { collectWaiting, condition, readLines, type Question, type Range } from './lines.ts'
import type { Reader, Source } from './reader.ts'
import { emptyRows } from './rows.ts'
import { emptySums, realColumns, Sums, wholeColumns, type SumRows } from './sums.ts'
import type { Unapplied } from './waiting.ts'

type Asked = { range: Range; step: Exclude<Step, 'raw'>; zone: string; registers: ReadonlySet<number> }

/** More series than this are compared by a table and not by a list in the question. */
const listed = 500

/**
 * Series summed up over whole buckets, from the sums that lie beside sealed samples where there are such, from samples elsewhere. The
 * answer is the same as from samples alone.
 */
export async function readBuckets(database: Database, unapplied: Unapplied, asked: Asked, question: Question): Promise<Buckets[]> {
  const edges = edgesOf(asked.step, asked.range.from, asked.range.to, asked.zone)
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  const range = { series: asked.range.series, from, to }
  if (asked.step === '15min') return await fromSamples(database, unapplied, range, edges, question)
  const seconds = edges.map((edge) => edge / 1000)
  const sums = new BucketSums(range.series, seconds)
  let exact = true
  await database.read(async (reader) => {
    const waiting = await collectWaiting(reader, unapplied, range)
    await tableOf(reader, range.series)
    for (const source of reader.sources(from / 1000, to / 1000)) {
      if (source.sealed?.entry.thinned) exact = false
      const rest = await fromSums(reader, source, { ...asked, range }, sums)
      if (rest.length > 0) sums.add(await sumUp(reader, source, { ...range, series: rest }, seconds))
    }
    for (const [series, line] of waiting) {
      const summed = new Sums(seconds)
      const { at, value, quality } = line.samples(Infinity)
      at.forEach((moment, i) => summed.add(series, moment / 1000, value[i] as number, quality[i] as number))
      sums.add(summed.rows)
    }
  }, question)
  // Where samples were let go, what the sums say together is all there is.
  if (exact) for (const [series, buckets] of sums.mixed) await again(database, unapplied, { series, buckets, edges, sums }, question)
  return sums.answers()
}

/** Takes what the sums beside a sealed file say, and answers the series that they say nothing of. */
async function fromSums(
  reader: Reader,
  { sealed }: Source,
  { range, step, zone, registers }: Asked,
  sums: BucketSums,
): Promise<readonly number[]> {
  if (!sealed || sealed.entry.zone !== zone) return range.series
  const { alias } = sealed
  const kept = step === 'day' && range.series.length > 1 && range.series.every((series) => registers.has(series))
  const covered = new Set<number>()
  const take = (rows: SumRows) => {
    for (let i = 0; i < rows.length; i++) covered.add(rows.series[i] as number)
    sums.add(rows)
  }
  if (kept) {
    await readSums(reader, `${alias}.register`, range, take)
    const others = range.series.filter((series) => !covered.has(series))
    if (others.length > 0) await readSums(reader, `${alias}.day`, { ...range, series: others }, take)
    return []
  }
  await readSums(reader, `${alias}."${step}"`, range, take)
  return step === 'hour' ? range.series.filter((series) => !covered.has(series)) : []
}

async function readSums(reader: Reader, table: string, range: Range, take: (rows: SumRows) => void): Promise<void> {
  const columns = [...wholeColumns, ...realColumns].map((name) => `"${name}"`).join(', ')
  const which = range.series.length > listed ? 'series IN (SELECT series FROM asked)' : `series IN (${range.series.join(', ')})`
  const within = `"at" >= ${range.from / 1000} AND "at" < ${range.to / 1000}`
  await reader.chunks(`SELECT ${columns} FROM ${table} WHERE ${which} AND ${within}`, (chunk) => {
    const rows: SumRows = emptySums(0)
    wholeColumns.forEach((name, i) => (rows[name] = integers(chunk, i)))
    realColumns.forEach((name, i) => (rows[name] = doubles(chunk, wholeColumns.length + i)))
    rows.length = chunk.rowCount
    take(rows)
  })
}

async function tableOf(reader: Reader, series: readonly number[]): Promise<void> {
  if (series.length <= listed) return
  const rows = emptyRows(series.length)
  rows.series.set(series)
  await reader.table('asked', rows)
}

/** Sums up the samples of one source. */
async function sumUp(reader: Reader, source: Source, range: Range, seconds: readonly number[]): Promise<SumRows> {
  const summed = new Sums(seconds)
  const columns = `series::UINTEGER, epoch("at"), coalesce(value, 'nan'::DOUBLE), quality`
  const which = condition(range.series, range, source, range.series.length > listed ? 'asked' : undefined)
  await reader.chunks(`SELECT ${columns} FROM ${source.readings} WHERE ${which} ORDER BY series, "at"`, (chunk) => {
    const series = integers(chunk, 0)
    const second = doubles(chunk, 1)
    const value = doubles(chunk, 2)
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

async function fromSamples(
  database: Database,
  unapplied: Unapplied,
  range: Range,
  edges: readonly number[],
  question: Question,
): Promise<Buckets[]> {
  const found = new Map<number, Buckets>()
  await readLines(database, unapplied, range, question, (series, samples) => found.set(series, bucketsOf(series, samples, edges)))
  const none = { at: new Float64Array(), value: new Float64Array(), quality: new Uint8Array() }
  return range.series.map((series) => found.get(series) ?? bucketsOf(series, none, edges))
}
