import type { Backup } from '#shared/backups/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'

/** So many series, spread over all, are read whole. */
const mostProbed = 200
const slice = 50

/** What some series hold, read sample by sample or from the sums made of them. */
export type Probe = { series: number[]; samples: number }

export type Counted = { samples: number; last: number | null; months: Backup['months']; probe: Probe }

/**
 * How much a store says it holds, and how much can be read of some series: those given, or some of every part of it. A corrected sample
 * may be stored twice until its month is tidied, and is read once.
 */
export async function countSamples(
  call: Remote<HistoryPort>,
  asked: readonly number[] | null,
  signal: AbortSignal,
  onStep: (done: number, total: number) => void,
): Promise<Counted> {
  const { samples, first, last, sealed } = await call.status({})
  const series = asked ?? spread([...new Set((await call.latest({})).series)].toSorted((a, b) => a - b))
  let read = 0
  for (let from = 0; from < series.length && first !== null && last !== null; from += slice) {
    if (signal.aborted) throw new Failure('cancelled')
    onStep(from, series.length)
    const range = { series: series.slice(from, from + slice), from: first, to: last + 1 }
    for (const { count } of await call.aggregate({ ...range, step: 'month', report: true })) read += sum(count)
  }
  onStep(series.length, series.length)
  const months = new Map<string, number>()
  for (const { month, rows } of sealed) months.set(month, (months.get(month) ?? 0) + rows)
  const sorted = [...months].toSorted(([a], [b]) => a.localeCompare(b))
  const probe = { series: [...series], samples: read }
  return { samples, last, months: sorted.map(([month, count]) => ({ month, samples: count })), probe }
}

function spread(series: readonly number[]): number[] {
  const step = Math.max(1, series.length / mostProbed)
  return Array.from({ length: Math.min(mostProbed, series.length) }, (_, i) => series[Math.floor(i * step)] ?? 0)
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
