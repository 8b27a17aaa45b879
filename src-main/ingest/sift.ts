import type { HistoryPort } from '#shared/history/port.ts'
import { toBatch, type ReadingBatch, type SeriesReading } from '#shared/reading.ts'
import type { Remote } from '#shared/rpc.ts'

/** Samples of one series that are looked up at once; a gateway sends fewer in one request. */
const mostStored = 100_000

/** Tells what is new from what is stored already, sample by sample. A sample is its series and its second. */
export class Sieve {
  readonly #history: Remote<HistoryPort>
  readonly #stored: () => ReadingBatch
  /** Series → UTC ms of the newest stored sample. Nothing later needs to be looked up. */
  #newest: Map<number, number> | undefined

  /** `stored`: the newest stored sample of every series at the start. */
  constructor(history: Remote<HistoryPort>, stored: () => ReadingBatch) {
    this.#history = history
    this.#stored = stored
  }

  /** Of readings at whole seconds, those that are new, oldest first. Of two for the same second the first counts. */
  async sift(readings: readonly SeriesReading[]): Promise<{ fresh: SeriesReading[]; duplicates: number; conflicts: number }> {
    const known = new Map<string, SeriesReading>()
    for (const [series, mine] of bySeries(readings)) {
      const from = Math.min(...mine.map(({ at }) => at))
      const to = Math.max(...mine.map(({ at }) => at))
      if (from > this.#newestOf(series)) continue
      const line = await this.#history.readings({ series, from, to: to + 1000, limit: mostStored })
      line.at.forEach((at, i) => {
        const value = line.value[i] ?? Number.NaN
        known.set(placeOf(series, at), { series, at, value: Number.isNaN(value) ? null : value, quality: 'good' })
      })
    }
    const fresh: SeriesReading[] = []
    const counts = { duplicates: 0, conflicts: 0 }
    for (const reading of readings) {
      const place = placeOf(reading.series, reading.at)
      const before = known.get(place)
      if (before) counts[before.value === reading.value ? 'duplicates' : 'conflicts']++
      else {
        known.set(place, reading)
        fresh.push(reading)
      }
    }
    return { fresh: fresh.sort((a, b) => a.at - b.at), ...counts }
  }

  /** To be told once they are on disk. */
  stored(readings: readonly SeriesReading[]): void {
    for (const { series, at } of readings) if (at > this.#newestOf(series)) this.#known().set(series, at)
  }

  #newestOf(series: number): number {
    return this.#known().get(series) ?? 0
  }

  #known(): Map<number, number> {
    if (this.#newest) return this.#newest
    this.#newest = new Map()
    const { series, at } = this.#stored()
    series.forEach((number, i) => this.#newest?.set(number, at[i] ?? 0))
    return this.#newest
  }
}

/** The newest reading of each series that is newer than what is shown now. */
export function newestOf(readings: readonly SeriesReading[], shownAt: (series: number) => number): ReadingBatch {
  const newest = new Map<number, SeriesReading>()
  for (const reading of readings) {
    if (reading.at >= shownAt(reading.series) && reading.at >= (newest.get(reading.series)?.at ?? 0)) newest.set(reading.series, reading)
  }
  return toBatch([...newest.values()])
}

function bySeries(readings: readonly SeriesReading[]): Map<number, SeriesReading[]> {
  const groups = new Map<number, SeriesReading[]>()
  for (const reading of readings) {
    const group = groups.get(reading.series)
    if (group) group.push(reading)
    else groups.set(reading.series, [reading])
  }
  return groups
}

const placeOf = (series: number, at: number) => `${series} ${at}`
