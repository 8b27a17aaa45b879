import type { Samples } from '#shared/history/reduce.ts'
import { bytes, doubles, integers, seconds, values } from './columns.ts'
import type { Database } from './database.ts'
import { Line } from './line.ts'
import type { Reader, Source } from './reader.ts'
import { least, most } from './sum-tables.ts'
import type { Unapplied } from './waiting.ts'

/** Samples with from <= at < to (UTC ms) of these series. */
export type Range = { series: readonly number[]; from: number; to: number }

/** `query` names a question for whoever wants to cancel it; a `report` lets others go first; `limit` samples at most. */
export type Question = { query?: string | undefined; report?: boolean; limit?: number }

const secondLimit = 2 ** 32 - 1
/** So many series are asked for one by one, which finds each where it lies; a list is compared with every row between. */
const apart = 64
/** So many tables in one question: each costs the engine's planning a little, each further question more. */
const mostParts = 60

/**
 * Hands over the samples of each series that has any, oldest first, as they are stored or wait for the database. With a limit
 * at most that many in all, so it is meant for one series. Besides what waits only one series is in memory at a time.
 */
export async function readLines(
  database: Database,
  unapplied: Unapplied,
  range: Range,
  { limit, ...question }: Question,
  take: (series: number, samples: Samples) => void,
): Promise<void> {
  await database.read(async (reader) => {
    const waiting = await collectWaiting(reader, unapplied, range)
    await eachStored(reader, range, limit, (series, line) => {
      const rest = waiting.get(series)
      if (rest) line.append(rest)
      waiting.delete(series)
      take(series, line.samples(limit ?? Infinity))
    })
    for (const [series, rest] of waiting) take(series, rest.samples(limit ?? Infinity))
  }, question)
}

/** How many samples there are. */
export async function countSamples(database: Database, unapplied: Unapplied, range: Range): Promise<number> {
  const [from, to] = secondsOf(range)
  let count = 0
  let corrected = false
  await database.read(async (reader) => {
    const sources = reader.sources(from, to)
    corrected = sources.some(({ corrects }) => corrects)
    for (const line of (await collectWaiting(reader, unapplied, range)).values()) count += line.length
    const parts = sources.map((source) => `SELECT count(*) AS n FROM ${source.readings} WHERE ${condition(range.series, range, source)}`)
    await reader.chunks(`SELECT sum(n)::DOUBLE FROM (${parts.join(' UNION ALL ')})`, (chunk) => {
      count += doubles(chunk, 0)[0] as number
    })
  })
  if (!corrected) return count
  count = 0
  await readLines(database, unapplied, range, {}, (_series, samples) => {
    count += samples.at.length
  })
  return count
}

async function eachStored(
  reader: Reader,
  range: Range,
  limit: number | undefined,
  take: (series: number, line: Line) => void,
): Promise<void> {
  const sources = reader.sources(...secondsOf(range))
  const one = range.series.length <= apart
  const size = one ? Math.max(1, Math.floor(mostParts / Math.max(1, sources.length))) : range.series.length
  for (let i = 0; i < range.series.length; i += size) {
    const group = range.series.slice(i, i + size)
    let current: number | undefined
    let line = new Line()
    const finish = () => {
      if (current !== undefined) take(current, line)
      line = new Line()
    }
    await reader.chunks(select(group, one, range, sources, limit), (chunk) => {
      const series = integers(chunk, 0)
      const second = seconds(chunk, 1)
      const value = values(chunk, 2)
      const quality = bytes(chunk, 3)
      for (let from = 0, to = 0; from < series.length; from = to) {
        while (to < series.length && series[to] === series[from]) to++
        if (series[from] !== current) finish()
        current = series[from]
        line.add(second, value, quality, from, to)
      }
    })
    finish()
  }
}

export async function collectWaiting(reader: Reader, unapplied: Unapplied, { series, from, to }: Range): Promise<Map<number, Line>> {
  const wanted = new Set(series)
  const lines = new Map<number, Line>()
  for await (const batch of unapplied(reader.sequence)) {
    for (let i = 0; i < batch.series.length; i++) {
      const number = batch.series[i] as number
      const at = (batch.second[i] as number) * 1000
      if (!wanted.has(number) || at < from || at >= to) continue
      const line = lines.get(number) ?? new Line()
      lines.set(number, line)
      line.add(batch.second, batch.value, batch.quality, i, i + 1)
    }
  }
  return lines
}

/** Rows of all sources, those of one series together, those of one series and second in the order of the sources. */
function select(group: readonly number[], one: boolean, range: Range, sources: readonly Source[], limit: number | undefined): string {
  const ranked = sources.some(({ corrects }) => corrects)
  const columns = (rank: number) => `series, "at", value, quality${ranked ? `, ${rank} AS rank, rowid AS place` : ''}`
  const parts = (one ? group.map((series) => [series]) : [group]).flatMap((series) =>
    sources.map((source, rank) => `SELECT ${columns(rank)} FROM ${source.readings} WHERE ${condition(series, range, source)}`),
  )
  // Rows of one series come in order, file by file; what is hot is brought into order by the line.
  if (one && !ranked && limit === undefined) return parts.join(' UNION ALL ')
  // A corrected second has several rows, so that a limit of rows would be too few.
  const cut = limit === undefined || ranked ? '' : ` LIMIT ${limit}`
  const order = `series, "at"${ranked ? ', rank, place' : ''}`
  return `SELECT series, "at", value, quality FROM (${parts.join(' UNION ALL ')}) ORDER BY ${order}${cut}`
}

/** A single series as an equation is found by the engine's own ranges; very many are better named by a table. */
export function condition(series: readonly number[], range: Range, { sealed }: Source, how?: 'asked' | 'dense'): string {
  const list = how === 'asked' ? 'SELECT series FROM asked' : series.join(', ')
  const which =
    how === 'dense'
      ? `series BETWEEN ${least(series)} AND ${most(series)}`
      : series.length === 1
        ? `series = ${series[0]}`
        : `series IN (${list})`
  const [from, to] = secondsOf(range)
  const after = sealed && sealed.entry.first >= from ? '' : ` AND "at" >= ${literal(from)}`
  const before = sealed && sealed.entry.last < to ? '' : ` AND "at" < ${literal(to)}`
  return which + after + before
}

/** UTC seconds that a range of UTC ms reaches over. */
export function secondsOf({ from, to }: { from: number; to: number }): [from: number, to: number] {
  const second = (at: number) => Math.min(Math.max(Math.ceil(at / 1000), 0), secondLimit)
  return [second(from), second(to)]
}

function literal(second: number): string {
  return `'${new Date(second * 1000).toISOString().slice(0, 19)}'::TIMESTAMP_S`
}
