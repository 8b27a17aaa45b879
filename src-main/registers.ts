import { oddRows, registerOfDays, type RawSamples } from '#shared/energy/days.ts'
import { plainRules, type Exchange, type RegisterRules } from '#shared/energy/register.ts'
import { walkRegister, type Walked } from '#shared/energy/walk.ts'
import type { Buckets } from '#shared/history/port.ts'
import { qualities } from '#shared/reading.ts'
import type { Host } from './capability.ts'

export type AskedRegister = {
  series: number
  exchanges: readonly Exchange[]
  /** How often it is read, ms. */
  everyMs: number
  rules?: RegisterRules
}

export type RegisterQuestion = { from: number; to: number; step?: 'day' | 'hour'; query?: string; report?: boolean }

const dayMs = 24 * 3_600_000
/** Readings so many intervals apart still cover the time between them. */
const intervals = 2.5
/** Samples that are read of one stretch where something is odd. */
const mostSamples = 20_000
/** Series of one question to history, so that others get in between. */
const seriesAtOnce = 2000
const withoutValue = new Set(qualities.flatMap((name, code) => (['fault', 'offline', 'stale'].includes(name) ? [code] : [])))

/**
 * What registers have counted around from <= at < to, in the order asked for: out of sums of days (or hours), and out of the samples
 * themselves only where those are odd. Also has what stands in the register now. Rejects with cancelled when the query was.
 */
export async function readRegisters(host: Host, asked: readonly AskedRegister[], question: RegisterQuestion): Promise<Walked[]> {
  const { step = 'day', query, report = false } = question
  const around = Math.max(2 * dayMs, ...asked.map(({ everyMs }) => intervals * everyMs))
  const range = { from: question.from - around, to: question.to + around, step, report, ...(query === undefined ? {} : { query }) }
  const found = new Map<number, Buckets>()
  const series = [...new Set(asked.map((one) => one.series))]
  for (let i = 0; i < series.length; i += seriesAtOnce) {
    for (const buckets of await host.workers.history.call.aggregate({ ...range, series: series.slice(i, i + seriesAtOnce) }))
      found.set(buckets.series, buckets)
  }
  const walked: Walked[] = []
  for (const one of asked) {
    const buckets = found.get(one.series)
    walked.push(buckets ? await walkOf(host, one, buckets, range.to, query) : walkRegister(emptyRegister()))
  }
  return walked
}

async function walkOf(host: Host, asked: AskedRegister, sums: Buckets, end: number, query: string | undefined): Promise<Walked> {
  const { series, everyMs, exchanges, rules = plainRules } = asked
  const odd = new Set(oddRows(sums, everyMs, rules.mostPerHour))
  // The moment of an exchange lies between two samples of its day.
  for (const { at } of exchanges) {
    const row = sums.at.findLastIndex((from) => from <= at)
    if (row >= 0) odd.add(row)
  }
  const raw = new Map<number, RawSamples>()
  for (const row of odd) {
    const [from, to] = [sums.at[row] as number, sums.at[row + 1] ?? end]
    const line = await host.workers.history.call.readings({
      series,
      from,
      to,
      limit: mostSamples,
      ...(query === undefined ? {} : { query }),
    })
    const value = line.value.map((one, i) => (withoutValue.has(line.quality[i] as number) ? Number.NaN : one))
    raw.set(row, { at: line.at, value })
  }
  const register = registerOfDays(sums, everyMs, intervals * everyMs, (row) => raw.get(row) ?? null)
  const now = host.latest.get(series)
  const last = register.at.at(-1) ?? Number.NEGATIVE_INFINITY
  if (!now || now.value === null || now.quality !== 'good' || now.at <= last || now.at >= end)
    return walkRegister(register, exchanges, rules)
  const covered = now.at - last <= intervals * everyMs ? now.at - last : 0
  const longer = (column: Float64Array, more: number) => Float64Array.of(...column, more)
  return walkRegister(
    { at: longer(register.at, now.at), value: longer(register.value, now.value), covered: longer(register.covered, covered) },
    exchanges,
    rules,
  )
}

const emptyRegister = () => ({ at: new Float64Array(), value: new Float64Array(), covered: new Float64Array() })
