import type { Samples } from '../../history/reduce.ts'
import { keyOf } from '../condition-key.ts'
import type { Planned } from '../planned.ts'
import { ConditionRun } from './condition-run.ts'

type Listener = { run: ConditionRun; i: number }
type Column = Samples & { series: number; i: number; listeners: readonly Listener[] }

/** So many readings times variants are taken before `take` lets others go on; some milliseconds. */
const atOnce = 20_000

/** All conditions of one device, told its samples in the order of time, once for all variants. */
export class DeviceRun {
  readonly conditions: readonly ConditionRun[]
  /** How many samples it was told. */
  samples = 0
  readonly #listeners = new Map<number, Listener[]>()
  readonly #variants: number

  /** `variants[v]`: the conditions of the device under variant v, the same ones in each. `from`: what is before only fills memories. */
  constructor(variants: readonly (readonly Planned[])[], from: number) {
    const byKey = variants.map((planned) => new Map(planned.map((one) => [keyOf(one.place), one])))
    const runs = new Map<string, ConditionRun>()
    for (const key of byKey[0]?.keys() ?? []) {
      const same = byKey.flatMap((planned) => planned.get(key) ?? [])
      if (same.length === variants.length) runs.set(key, new ConditionRun(same, from))
    }
    const depth = (run: ConditionRun): number => (run.above ? 1 + depth(run.above) : 0)
    for (const run of runs.values()) run.above = runs.get(run.planned.beneath ?? '') ?? null
    this.conditions = [...runs.values()].toSorted((a, b) => depth(a) - depth(b))
    this.#variants = variants.length
    for (const run of this.conditions)
      run.series.forEach((series, i) => {
        const all = this.#listeners.get(series)
        if (all) all.push({ run, i })
        else this.#listeners.set(series, [{ run, i }])
      })
  }

  get series(): number[] {
    return [...this.#listeners.keys()]
  }

  /** The longest time before what is looked at that a check wants to know. */
  get memoryMs(): number {
    return this.conditions.reduce((most, { planned }) => Math.max(most, planned.memoryMs), 0)
  }

  /** Takes the next stretch of time: samples of each series, later than all taken before. Gives way now and then. */
  *take(lines: ReadonlyMap<number, Samples>): Generator<undefined, void> {
    const columns: Column[] = []
    for (const [series, listeners] of this.#listeners) {
      const line = lines.get(series)
      if (line) columns.push({ ...line, series, i: 0, listeners })
    }
    let taken = 0
    for (let at = nextOf(columns); at < Number.POSITIVE_INFINITY; at = nextOf(columns)) {
      taken += this.#at(at, columns)
      if (taken * this.#variants < atOnce) continue
      taken = 0
      yield
    }
  }

  end(at: number): void {
    for (const run of this.conditions) run.end(at)
  }

  /** Everything of one time is taken before any of it is judged: a value and its reference belong together. */
  #at(at: number, columns: readonly Column[]): number {
    let taken = 0
    for (const column of columns) {
      const { i } = column
      if (column.at[i] !== at) continue
      this.samples++
      for (const { run, i: place } of column.listeners) {
        run.before(at)
        run.take(place, column.series, column.value[i] as number, column.quality[i] as number, at)
        taken++
      }
      column.i++
    }
    for (const run of this.conditions) run.settle(at)
    return taken
  }
}

function nextOf(columns: readonly Column[]): number {
  let next = Number.POSITIVE_INFINITY
  for (const { at, i } of columns) {
    const own = at[i]
    if (own !== undefined && own < next) next = own
  }
  return next
}
