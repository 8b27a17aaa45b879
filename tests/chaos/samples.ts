import { emptyBatch, type ReadingBatch } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'
import type { HistoryPort } from '#shared/history/port.ts'

export const seriesCount = 200
const start = Date.UTC(2026, 0, 1)
/** Wide, so that some hundred batches lie in several months. */
const stepMs = 6 * 3_600_000

/** Batch `number` of every series. Each value tells series, batch and round, so that a wrong one cannot pass for another. */
export function numbered(number: number, rows = seriesCount): ReadingBatch {
  const batch = emptyBatch(rows)
  for (let series = 0; series < rows; series++) {
    batch.series[series] = series
    batch.at[series] = start + number * stepMs
    batch.value[series] = valueOf(number, series)
    batch.quality[series] = (number + series) % 7
  }
  return batch
}

function valueOf(number: number, series: number): number {
  return (series + 1) * 1000 + number / 1000
}

export type Findings = { lost: number[]; doubled: number; changed: number; torn: number; batches: number }

/** Compares what is stored with what was acknowledged. Batches that were given but not acknowledged may be there, but whole. */
export async function examine(
  store: Remote<HistoryPort>,
  acknowledged: ReadonlySet<number>,
  given: number,
  corrections = 0,
): Promise<Findings> {
  const findings: Findings = { lost: [], doubled: 0, changed: 0, torn: 0, batches: 0 }
  const seen = new Map<number, number>()
  for (let first = 0; first < seriesCount; first += 100) {
    const series = Array.from({ length: 100 }, (_, i) => first + i)
    // Wide enough for every sample as it is; rows without a value are the gaps of refused batches.
    for (const line of await store.chart({ series, from: 0, to: Date.UTC(2100, 0, 1), width: 1_000_000 })) {
      const own = new Set<number>()
      line.at.forEach((time, i) => {
        if (Number.isNaN(line.value[i])) return
        const number = (time - start) / stepMs
        if (own.has(number)) findings.doubled++
        own.add(number)
        const right = line.value[i] === valueOf(number, line.series) && line.quality[i] === (number + line.series) % 7 && number < given
        if (!right) findings.changed++
      })
      for (const number of own) seen.set(number, (seen.get(number) ?? 0) + 1)
    }
  }
  for (const count of seen.values()) if (count !== seriesCount) findings.torn++
  findings.lost = [...acknowledged].filter((number) => !seen.has(number))
  findings.batches = seen.size
  const { samples } = await store.status({})
  findings.doubled += Math.max(0, samples - corrections - [...seen.values()].reduce((sum, count) => sum + count, 0))
  return findings
}

export const unharmed = { lost: [], doubled: 0, changed: 0, torn: 0 }
