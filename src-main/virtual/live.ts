import type { ReadingBatch } from '#shared/reading.ts'
import { Machine, type Outcome } from '#shared/virtual/evaluate.ts'
import type { Network } from './network.ts'

/** What one formula gives now. `at` is UTC ms of its newest input. */
export type Result = Outcome & { series: number; at: number }

/** What all formulas give now. Only those are calculated whose inputs have changed. */
export class Live {
  readonly #machine = new Machine()
  #network: Network
  #results: (Result | undefined)[] = []
  #dirty = new Uint8Array()

  constructor(network: Network) {
    this.#network = network
    this.reset(network, () => undefined)
  }

  /** Begins anew with other formulas, from what was last read of each series. Returns what they give. */
  reset(network: Network, latest: (series: number) => { value: number | null; code: number; at: number } | undefined): Result[] {
    const before = new Map(this.#results.flatMap((result) => (result ? [[result.series, result]] : [])))
    this.#network = network
    this.#results = []
    const { columns, active } = network
    columns.series.forEach((series, row) => {
      const known = latest(series)
      if (known) columns.set(row, known.value ?? Number.NaN, known.code, known.at)
    })
    this.#dirty = new Uint8Array(active.length).fill(1)
    active.forEach(({ program, series }, place) => {
      // What is known of each quarter hour only stays until the next one.
      if (program.past) this.#results[place] = before.get(series)
    })
    return this.#calculate(0)
  }

  resultOf(series: number): Result | undefined {
    const place = this.#network.places.get(series)
    return place === undefined ? undefined : this.#results[place]
  }

  /** What changes with a batch, formulas over formulas included. */
  take({ series, at, value, quality }: ReadingBatch): Result[] {
    const { columns, users } = this.#network
    let first = Infinity
    for (let i = 0; i < series.length; i++) {
      const row = columns.rowOf(series[i] as number)
      if (row < 0 || (at[i] as number) < (columns.at[row] as number)) continue
      columns.set(row, value[i] as number, quality[i] as number, at[i] as number)
      first = Math.min(first, this.#touch(users[row] ?? []))
    }
    return this.#calculate(first)
  }

  /** Notes what a formula that looks back gave for a quarter hour. Returns what changes with it. */
  note(place: number, outcome: Outcome, at: number): Result[] {
    const { active, columns, users } = this.#network
    const one = active[place]
    const known = this.#results[place]
    if (!one?.program.past || (known && known.at > at)) return []
    this.#results[place] = { ...outcome, series: one.series, at }
    if (one.row < 0) return []
    columns.set(one.row, outcome.value, outcome.quality, at)
    return this.#calculate(this.#touch(users[one.row] ?? []))
  }

  #touch(places: readonly number[]): number {
    let first = Infinity
    for (const place of places) {
      this.#dirty[place] = 1
      first = Math.min(first, place)
    }
    return first
  }

  #calculate(first: number): Result[] {
    const { active, columns, users } = this.#network
    const changed: Result[] = []
    for (let place = first; place < active.length; place++) {
      if (this.#dirty[place] === 0) continue
      this.#dirty[place] = 0
      const { program, map, formula, series, row } = active[place] as Network['active'][number]
      if (program.past) continue
      let at = 0
      for (const input of map) at = Math.max(at, columns.at[input] as number)
      // Nothing is known of any input yet.
      if (at === 0) continue
      const result: Result = { ...this.#machine.run(program, map, columns, formula.share), series, at }
      this.#results[place] = result
      changed.push(result)
      if (row < 0) continue
      columns.set(row, result.value, result.quality, at)
      this.#touch(users[row] ?? [])
    }
    return changed
  }
}

/** Results as readings. */
export function batchOf(results: readonly Pick<Result, 'series' | 'at' | 'value' | 'quality'>[]): ReadingBatch {
  return {
    series: Uint32Array.from(results, ({ series }) => series),
    at: Float64Array.from(results, ({ at }) => at),
    value: Float64Array.from(results, ({ value }) => value),
    quality: Uint8Array.from(results, ({ quality }) => quality),
  }
}
