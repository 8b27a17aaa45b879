import type { HistoryEngine } from '../../src-worker/history/engine.ts'
import type { BucketTable } from '#shared/history/port.ts'
import { dayMs, digestOf, digestOfDays, secondsOf, type Columns, type Digest, type Peer } from './history-peers.ts'
import { asked } from './history-questions.ts'

type Line = { at: Float64Array; value: Float64Array; quality: Uint8Array }

/** Hearthgrid itself. Its rows are there already. */
export function ours(engine: HistoryEngine, loaded: { bytes: number }): Peer {
  const { one, ten, meters, everything, year, days, june, width } = asked
  return {
    name: 'Hearthgrid',
    load: async () => {},
    ways: {
      raw: [way(async () => digestLines(await engine.samples({ series: [one], ...year })))],
      buckets: [
        way(async () => {
          const [line] = await engine.chart({ series: [one], ...year, width })
          if (!line?.min || !line.max) throw new Error('The chart is not in buckets.')
          const [min, max, value] = [line.min, line.max, line.value]
          // The first sample and the rest of its bucket.
          return () => digestOf({ min: min.subarray(2), max: max.subarray(2), value: value.subarray(2) })
        }),
      ],
      ten: [way(async () => digestLines(await engine.samples({ series: ten, ...june })))],
      newest: [way(async () => digestLines([await engine.latest({})]))],
      energy: [way(async () => digestEnergy(await engine.sums({ series: meters, ...days, step: 'day' })))],
      mean: [
        way(async () => {
          const { mean: value } = await engine.sums({ series: everything, ...june, step: 'month' })
          return () => digestOf({ value })
        }),
      ],
    },
    bytes: async () => loaded.bytes,
    close: () => engine.close({}),
  }
}

function way(ask: () => Promise<() => Digest>) {
  return { how: 'asked', ask: async () => ({ digest: await ask() }) }
}

function digestLines(lines: Line[]): () => Digest {
  return () => {
    const all: Record<string, number[]> = { at: [], value: [], quality: [] }
    for (const { at, value, quality } of lines) {
      all['at']?.push(...at.map(secondsOf))
      all['value']?.push(...value)
      all['quality']?.push(...quality)
    }
    return digestOf(all as Columns)
  }
}

/** What lies between two days is the first reading of the later one minus the last of the earlier; worked out within the time measured. */
function digestEnergy({ series, at, first, last, increase }: BucketTable): () => Digest {
  const energy = increase.slice()
  for (let i = 1; i < energy.length; i++) {
    if (series[i] !== series[i - 1]) continue
    energy[i] = (energy[i] as number) + Math.max(0, (first[i] as number) - (last[i - 1] as number))
  }
  return () =>
    digestOfDays(
      at.map((moment) => Math.round((moment - asked.days.from) / dayMs)),
      energy,
    )
}
