import type { ReadingBatch } from '#shared/reading.ts'
import { code, type Outcome } from '#shared/virtual/evaluate.ts'
import type { FormulaFault } from '#shared/virtual/fault.ts'
import { slotMs } from '#shared/virtual/limits.ts'
import type { Program } from '#shared/virtual/program.ts'
import type { Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'
import { calculateGrid, gridsOf } from './grid.ts'
import { batchOf, Live, type Result } from './live.ts'
import { networkOf, type Active, type Network } from './network.ts'
import { pointsOf } from './points.ts'
import { graceMs, Slots, type SlotResult } from './slots.ts'
import { readFormulas, type StoredFormula } from './store.ts'

const dayMs = 24 * 3_600_000
const renewMs = 100

/** All formulas of the installation: kept up with devices that come and go, calculated live and for each quarter hour. */
export class Formulas {
  readonly #host: Host
  readonly #show: (batch: ReadingBatch, store: boolean) => void
  readonly #stored: () => ReadingBatch
  #formulas: StoredFormula[] = []
  #network: Network = networkOf([], { point: () => null, group: () => null }, () => undefined)
  readonly #live = new Live(this.#network)
  #slots: Slots | undefined
  /** Own results on their way through the host; they are taken note of already. */
  #emitting = false
  #catching: Promise<void> = Promise.resolve()
  #renewing: NodeJS.Timeout | undefined

  constructor(host: Host, show: (batch: ReadingBatch, store: boolean) => void, stored: () => ReadingBatch) {
    this.#host = host
    this.#show = show
    this.#stored = stored
  }

  async start(): Promise<void> {
    this.#formulas = await readFormulas(this.#host.database)
    const now = this.#host.clock()
    const slot = Math.floor(now / slotMs) * slotMs
    const doneTo = now - slot < graceMs ? slot - slotMs : slot
    const log = this.#host.log.for('virtual')
    this.#slots = new Slots(
      this.#network,
      doneTo,
      this.#host.workers.history.call,
      (results) => this.#keep(results),
      (error) => log.error('a quarter hour was not calculated', { error: String(error) }),
    )
    this.renew()
    this.#catching = this.#catchUp(doneTo).catch((error: unknown) =>
      log.error('quarter hours before the start were not calculated', { error: String(error) }),
    )
  }

  async reload(): Promise<void> {
    this.#formulas = await readFormulas(this.#host.database)
    this.renew()
  }

  /** The same soon: hundreds of devices may be added one after the other. */
  renewSoon(): void {
    this.#renewing ??= setTimeout(() => this.renew(), renewMs)
  }

  /** Reads all formulas anew, since devices, labels or formulas have changed. */
  renew(): void {
    clearTimeout(this.#renewing)
    this.#renewing = undefined
    if (!this.#slots || (this.#formulas.length === 0 && this.#network.active.length === 0 && this.#network.faults.size === 0)) return
    this.#network = networkOf(this.#formulas, pointsOf(this.#host.plant), (formula) => this.#seriesOf(formula))
    const found = this.#live.reset(this.#network, (series) => {
      const reading = this.#host.latest.get(series)
      return reading && { value: reading.value, code: code(reading.quality), at: reading.at }
    })
    this.#slots.reset(this.#network)
    // What a broken formula showed has the time of that moment, which must not outlast it.
    const results = found.map((result) => ({ ...result, at: Math.max(result.at, this.#host.latest.get(result.series)?.at ?? 0) }))
    this.#emit(batchOf([...results, ...this.#broken()]), false)
  }

  /** A device for calculated points has no line that could fail. */
  greet(device: PlantDevice): void {
    if (device.address.way !== 'calculated' || device.contact.state === 'online') return
    device.contact = { state: 'online', since: this.#host.clock(), lastAnswer: null, failure: null }
  }

  take(batch: ReadingBatch, store: boolean): void {
    if (this.#emitting || this.#network.active.length === 0) return
    this.#emit(batchOf(this.#live.take(batch)), false)
    if (store) this.#slots?.take(batch)
  }

  tick(): void {
    if (this.#network.active.length > 0) this.#slots?.tick(this.#host.clock())
  }

  /** Resolves when nothing is being calculated any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#renewing)
    await this.#catching
    await this.#slots?.settled()
  }

  find(id: number): { formula: StoredFormula; series: number } | undefined {
    const formula = this.#formulas.find((one) => one.id === id)
    const series = formula && this.#seriesOf(formula)
    return formula && series !== undefined ? { formula, series } : undefined
  }

  all(): { formula: StoredFormula; series: number }[] {
    return this.#formulas.flatMap(({ id }) => this.find(id) ?? [])
  }

  active(): readonly Active[] {
    this.#now()
    return this.#network.active
  }

  stateOf(id: number): { program: Program | null; result: Result | null; fault: FormulaFault | null } {
    this.#now()
    const one = this.#network.active.find(({ formula }) => formula.id === id)
    return {
      program: one?.program ?? null,
      result: (one && this.#live.resultOf(one.series)) ?? null,
      fault: this.#network.faults.get(id) ?? null,
    }
  }

  widened(series: ReadonlySet<number>): ReadonlySet<number> {
    const { active, places } = this.#network
    if (active.length === 0) return series
    const wide = new Set(series)
    // The set grows while it is walked through, which takes in formulas over formulas.
    for (const one of wide) for (const input of active[places.get(one) ?? -1]?.program.inputs ?? []) wide.add(input.series)
    return wide
  }

  #now(): void {
    if (this.#renewing) this.renew()
  }

  #seriesOf({ device: id, point }: StoredFormula): number | undefined {
    const device = this.#host.plant.get(id)
    return device?.series[device.profile.points.findIndex((one) => one.id === point)]
  }

  /** What cannot be calculated any more must not go on showing its last value. */
  #broken(): Pick<Result, 'series' | 'at' | 'value' | 'quality'>[] {
    return this.#formulas.flatMap((formula) => {
      const series = this.#network.faults.has(formula.id) ? this.#seriesOf(formula) : undefined
      return series === undefined ? [] : [{ series, at: this.#host.clock(), value: Number.NaN, quality: code('fault') }]
    })
  }

  /** Results of one quarter hour: to disk, to whoever looks, and to formulas that show what a register went up by. */
  #keep(results: readonly SlotResult[]): void {
    const { active } = this.#network
    const further: Result[] = []
    for (const { place, outcome, at } of results) further.push(...this.#live.note(place, outcome, at))
    this.#emit(batchOf(results.map(({ place, outcome, at }) => ({ ...outcome, at, series: (active[place] as Active).series }))), true)
    this.#emit(batchOf(further), false)
  }

  #emit(batch: ReadingBatch, store: boolean): void {
    if (batch.series.length === 0) return
    this.#emitting = true
    try {
      this.#show(batch, store)
    } finally {
      this.#emitting = false
    }
  }

  /** Quarter hours since the newest stored one of each formula, of the last day: a stop may lie between inputs and result. */
  async #catchUp(doneTo: number): Promise<void> {
    const { series, at } = this.#stored()
    const newest = new Map<number, number>()
    series.forEach((one, i) => newest.set(one, at[i] as number))
    for (const { formula, program, series: own } of this.#network.active) {
      const last = newest.get(own) ?? formula.madeAt
      const from = Math.max(Math.floor(last / slotMs) * slotMs + slotMs, doneTo - dayMs)
      if (from > doneTo) continue
      const outcomes = calculateGrid(program, await gridsOf(this.#host.workers.history.call, program.inputs, from, doneTo), formula.share)
      const rows = outcomes.flatMap((outcome: Outcome | null, i) => (outcome ? [{ ...outcome, series: own, at: from + i * slotMs }] : []))
      this.#emit(batchOf(rows), true)
    }
  }
}
