import type { Samples } from '#shared/history/reduce.ts'
import { bytes, doubles, integers } from './columns.ts'
import type { Database, Reader } from './database.ts'
import { Line } from './line.ts'
import type { Rows } from './rows.ts'
import type { Unapplied } from './waiting.ts'

/** Samples with from <= at < to (UTC ms) of these series. */
export type Range = { series: readonly number[]; from: number; to: number }

/** `query` names a question for whoever wants to cancel it; a `report` lets others go first; `limit` samples at most. */
export type Question = { query?: string | undefined; report?: boolean; limit?: number }

const secondLimit = 2 ** 32 - 1

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
    let current: number | undefined
    let line = new Line()
    const finish = () => {
      if (current === undefined) return
      const rest = waiting.get(current)?.samples(Infinity)
      if (rest) line.add(rest.at.map(toSecond), rest.value, rest.quality, 0, rest.at.length)
      take(current, line.samples(limit ?? Infinity))
      waiting.delete(current)
      line = new Line()
    }
    await reader.chunks(select(range, limit), (chunk) => {
      const series = integers(chunk, 0)
      const second = doubles(chunk, 1)
      const value = doubles(chunk, 2)
      const quality = bytes(chunk, 3)
      for (let from = 0, to = 0; from < series.length; from = to) {
        while (to < series.length && series[to] === series[from]) to++
        if (series[from] !== current) finish()
        current = series[from]
        line.add(second, value, quality, from, to)
      }
    })
    finish()
    for (const [series, rest] of waiting) take(series, rest.samples(limit ?? Infinity))
  }, question)
}

/** How many samples there are. */
export async function countSamples(database: Database, unapplied: Unapplied, range: Range): Promise<number> {
  return await database.read(async (reader) => {
    let count = 0
    for (const line of (await collectWaiting(reader, unapplied, range)).values()) count += line.length
    await reader.chunks(`SELECT count(*)::DOUBLE FROM readings WHERE ${condition(range)}`, (chunk) => {
      count += doubles(chunk, 0)[0] as number
    })
    return count
  })
}

/** The newest sample of every series in the database. */
export async function readLatest(database: Database, take: (rows: Rows) => void): Promise<void> {
  const newest = `epoch(max("at")), coalesce(arg_max_null(value, "at"), 'nan'::DOUBLE), arg_max(quality, "at")`
  await database.read(async (reader) => {
    await reader.chunks(`SELECT series::UINTEGER, ${newest} FROM readings GROUP BY series`, (chunk) => {
      const second = Uint32Array.from(doubles(chunk, 1))
      take({ series: integers(chunk, 0), second, value: doubles(chunk, 2), quality: bytes(chunk, 3) })
    })
  })
}

async function collectWaiting(reader: Reader, unapplied: Unapplied, { series, from, to }: Range): Promise<Map<number, Line>> {
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

function select(range: Range, limit: number | undefined): string {
  const columns = `series::UINTEGER, epoch("at"), coalesce(value, 'nan'::DOUBLE), quality`
  const cut = limit === undefined ? '' : ` LIMIT ${limit}`
  return `SELECT ${columns} FROM readings WHERE ${condition(range)} ORDER BY series, "at"${cut}`
}

/** A single series as an equation is found by the engine's own ranges; a list is not. */
function condition({ series, from, to }: Range): string {
  const which = series.length === 1 ? `series = ${series[0]}` : `series IN (${series.join(', ')})`
  return `${which} AND "at" >= ${literal(from)} AND "at" < ${literal(to)}`
}

function literal(at: number): string {
  const second = Math.min(Math.max(Math.ceil(at / 1000), 0), secondLimit)
  return `'${new Date(second * 1000).toISOString().slice(0, 19)}'::TIMESTAMP_S`
}

function toSecond(at: number): number {
  return at / 1000
}
