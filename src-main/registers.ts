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
/** Samples that are read at once where something is odd, as far as days allow. */
const mostSamples = 20_000
const noSamples: RawSamples = { at: new Float64Array(), value: new Float64Array() }
/** Series of one question to history, so that others get in between. */
const seriesAtOnce = 2000
/** Registers that are counted before others get their turn. */
export const registersAtOnce = 20
/** Lets what waits in this thread go first. */
export const breath = () => new Promise((resolve) => setImmediate(resolve))
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
  for (const [i, one] of asked.entries()) {
    if (i % registersAtOnce === 0) await breath()
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
  for (const rows of runsOf(
    [...odd].sort((a, b) => a - b),
    sums,
  )) {
    const [first = 0, last = 0] = [rows[0], rows.at(-1)]
    const range = { from: sums.at[first] as number, to: sums.at[last + 1] ?? end }
    // A few more may have come in meanwhile.
    const limit = rows.reduce((sum, row) => sum + (sums.count[row] as number), 100)
    const line = await host.workers.history.call.readings({ series, ...range, limit, ...(query === undefined ? {} : { query }) })
    const value = line.value.map((one, i) => (withoutValue.has(line.quality[i] as number) ? Number.NaN : one))
    // The samples of all rows of the run stand in the place of its first one.
    for (const row of rows) raw.set(row, row === first ? { at: line.at, value } : noSamples)
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

/** Rows that follow one another, in runs of no more samples than are read at once. */
function runsOf(rows: readonly number[], { count }: Buckets): number[][] {
  const runs: number[][] = []
  let samples = 0
  for (const row of rows) {
    const run = runs.at(-1)
    samples += count[row] as number
    if (run?.at(-1) === row - 1 && samples <= mostSamples) run.push(row)
    else {
      runs.push([row])
      samples = count[row] as number
    }
  }
  return runs
}

const emptyRegister = () => ({ at: new Float64Array(), value: new Float64Array(), covered: new Float64Array() })
