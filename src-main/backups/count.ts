import { createCalendar } from '#shared/calendar.ts'
import { Failure } from '#shared/failures.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Backup } from '#shared/backups/contract.ts'

/** Series asked for at once: few questions, and yet an answer of some hundred kilobytes for years. */
const slice = 1000

type Counted = { samples: number; last: number | null; months: Backup['months'] }

/** Reads everything that a store has: how many samples each month holds, in the store's time zone. */
export async function countSamples(
  call: Remote<HistoryPort>,
  timeZone: string,
  signal: AbortSignal,
  onStep: (done: number, total: number) => void,
): Promise<Counted> {
  const { samples, first, last } = await call.status({})
  const series = [...new Set((await call.latest({})).series)]
  const calendar = createCalendar(timeZone)
  const months = new Map<string, number>()
  for (let from = 0; from < series.length && first !== null && last !== null; from += slice) {
    if (signal.aborted) throw new Failure('cancelled')
    onStep(from, series.length)
    const asked = series.slice(from, from + slice)
    for (const { at, count } of await call.aggregate({ series: asked, from: first, to: last + 1, step: 'month', report: true }))
      at.forEach((moment, i) => {
        const month = calendar.dateAt(moment).slice(0, 7)
        months.set(month, (months.get(month) ?? 0) + (count[i] ?? 0))
      })
  }
  onStep(series.length, series.length)
  const sorted = [...months].toSorted(([a], [b]) => a.localeCompare(b))
  return { samples, last, months: sorted.map(([month, count]) => ({ month, samples: count })) }
}
