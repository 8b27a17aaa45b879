import type { ParsedOf, OutputOf } from '#shared/contract.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import { sparkHours, type sparksQuestion } from '#shared/history/sparks-contract.ts'
import type { Remote } from '#shared/rpc.ts'
import { askedUntil } from './question.ts'

const hourMs = 60 * 60_000

/** Hourly means up to now, each in its place. */
export async function sparks(
  call: Pick<Remote<HistoryPort>, 'aggregate' | 'cancel'>,
  { series }: ParsedOf<typeof sparksQuestion>,
  now: number,
  signal?: AbortSignal,
): Promise<OutputOf<typeof sparksQuestion>> {
  const to = (Math.floor(now / hourMs) + 1) * hourMs
  const from = to - sparkHours * hourMs
  const asked = { series: [...new Set(series)], from, to, step: 'hour' as const }
  const lines = await askedUntil(call, signal, (query) => call.aggregate({ ...asked, query }))
  return {
    from,
    everyMs: hourMs,
    lines: lines.map(({ series: one, at, mean }) => {
      const means: (number | null)[] = Array.from({ length: sparkHours }, () => null)
      at.forEach((begin, i) => {
        // Where the local hour begins at another minute, its mean goes to the hour that it lies in for the most part.
        const place = Math.round((begin - from) / hourMs)
        const value = mean[i] ?? Number.NaN
        if (place >= 0 && place < sparkHours && Number.isFinite(value)) means[place] = value
      })
      return { series: one, mean: means }
    }),
  }
}
