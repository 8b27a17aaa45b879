import type { ReadingBatch } from '#shared/reading.ts'
import { Machine, missing, type Outcome } from '#shared/virtual/evaluate.ts'
import { slotMs } from '#shared/virtual/limits.ts'
import { gridsOf, type Ask } from './grid.ts'
import type { Network } from './network.ts'

/** Controllers are read for a quarter hour until five minutes after it; who has not answered by then is not waited for. */
export const graceMs = 6 * 60_000

const againMs = 10_000
const longestTryMs = 3_600_000

export type SlotResult = { place: number; outcome: Outcome; at: number }

type Slot = {
  at: number
  value: Float64Array
  quality: Uint8Array
  /** Rows that have come. */
  there: Uint8Array
  /** Inputs that each formula waits for. */
  left: Uint16Array
  /** Per formula: 1 while its past is being looked up, 2 when it is calculated. */
  done: Uint8Array
  /** Its grace is over. */
  closing: boolean
  /** UTC ms before which a look-up that failed is not tried again. */
  again: number
}

/**
 * Calculates each quarter hour when all inputs of it are there, or after a grace time with what there is. `emit` takes the results of one
 * quarter hour, in the order of the network.
 */
export class Slots {
  readonly #history: Ask
  readonly #emit: (results: SlotResult[]) => void
  readonly #failed: (error: unknown) => void
  readonly #machine = new Machine()
  #network: Network
  #slots = new Map<number, Slot>()
  /** Quarter hours up to this one are finished. */
  #doneTo: number
  #work: Promise<void> = Promise.resolve()

  constructor(network: Network, doneTo: number, history: Ask, emit: (results: SlotResult[]) => void, failed: (error: unknown) => void) {
    this.#network = network
    this.#doneTo = doneTo
    this.#history = history
    this.#emit = emit
    this.#failed = failed
  }

  /** Goes on with other formulas: what has come for open quarter hours is kept, and those that are calculated stay so. */
  reset(network: Network): void {
    const before = this.#network
    const slots = this.#slots
    this.#network = network
    this.#slots = new Map()
    for (const slot of slots.values()) {
      const next = this.#open(slot.at)
      next.closing = slot.closing
      next.again = slot.again
      const done = new Set(before.active.flatMap(({ formula }, place) => (slot.done[place] === 2 ? [formula.id] : [])))
      network.active.forEach(({ formula }, place) => (next.done[place] = done.has(formula.id) ? 2 : 0))
      before.columns.series.forEach((series, row) => {
        const now = network.columns.rowOf(series)
        if (now >= 0 && slot.there[row] === 1) this.#arrive(next, now, slot.value[row] as number, slot.quality[row] as number)
      })
      if (!next.closing) this.#calculate(next)
    }
  }

  /** Rows of quarter hours that are stored. */
  take({ series, at, value, quality }: ReadingBatch): void {
    const touched = new Set<Slot>()
    for (let i = 0; i < series.length; i++) {
      const when = at[i] as number
      const row = this.#network.columns.rowOf(series[i] as number)
      if (row < 0 || when % slotMs !== 0 || when <= this.#doneTo) continue
      const slot = this.#slots.get(when) ?? this.#open(when)
      this.#arrive(slot, row, value[i] as number, quality[i] as number)
      touched.add(slot)
    }
    for (const slot of touched) this.#calculate(slot)
  }

  /** To be called every few seconds: opens the quarter hour that has begun and finishes those whose grace is over. */
  tick(now: number): void {
    const current = Math.floor(now / slotMs) * slotMs
    if (current > this.#doneTo && !this.#slots.has(current)) this.#open(current)
    for (const slot of [...this.#slots.values()].toSorted((a, b) => a.at - b.at)) {
      if (slot.closing || now < slot.at + graceMs || now < slot.again) continue
      slot.closing = true
      this.#doneTo = Math.max(this.#doneTo, slot.at)
      this.#later(() => this.#finish(slot.at, now))
    }
  }

  /** Resolves when nothing is being looked up any more. */
  settled(): Promise<void> {
    return this.#work
  }

  #open(at: number): Slot {
    const { active, columns } = this.#network
    const rows = columns.series.length
    const slot: Slot = {
      at,
      value: new Float64Array(rows).fill(Number.NaN),
      quality: new Uint8Array(rows).fill(missing),
      there: new Uint8Array(rows),
      left: Uint16Array.from(active, ({ program, map }) => new Set(map.filter((_row, i) => program.inputs[i]?.back === 0)).size),
      done: new Uint8Array(active.length),
      closing: false,
      again: 0,
    }
    this.#slots.set(at, slot)
    return slot
  }

  #arrive(slot: Slot, row: number, value: number, quality: number): void {
    slot.value[row] = value
    slot.quality[row] = quality
    if (slot.there[row] === 1) return
    slot.there[row] = 1
    for (const place of this.#network.users[row] ?? []) {
      const { program, map } = this.#network.active[place] as Network['active'][number]
      if (program.inputs.some(({ back }, i) => back === 0 && map[i] === row))
        slot.left[place] = Math.max(0, (slot.left[place] as number) - 1)
    }
  }

  /** Those for which everything is there. What looks back is looked up first. */
  #calculate(slot: Slot): void {
    const { active } = this.#network
    const results: SlotResult[] = []
    const past: number[] = []
    active.forEach(({ program, map, formula }, place) => {
      if (slot.done[place] !== 0 || slot.left[place] !== 0 || program.inputs.every(({ back }) => back > 0)) return
      slot.done[place] = program.past ? 1 : 2
      if (program.past) past.push(place)
      else results.push(this.#done(slot, place, this.#machine.run(program, map, slot, formula.share)))
    })
    if (results.length > 0) this.#emit(results)
    const network = this.#network
    if (past.length > 0) this.#later(() => this.#lookUp(network, slot, past))
  }

  #done(slot: Slot, place: number, outcome: Outcome): SlotResult {
    const { row } = this.#network.active[place] as Network['active'][number]
    if (row >= 0) this.#arrive(slot, row, outcome.value, outcome.quality)
    return { place, outcome, at: slot.at }
  }

  /** What other formulas came of meanwhile makes the answer worthless; the quarter hour goes on with those. */
  async #lookUp(network: Network, slot: Slot, places: readonly number[]): Promise<void> {
    const results: SlotResult[] = []
    for (const place of places) {
      const outcome = await this.#outcomeOf(network, slot, place)
      if (network !== this.#network) return
      slot.done[place] = 2
      if (outcome) results.push(this.#done(slot, place, outcome))
    }
    if (results.length > 0) this.#emit(results)
    // What stands upon them in the same quarter hour may now be complete.
    if (results.length > 0 && !slot.closing) this.#calculate(slot)
  }

  /** With what has come, and what history has of the rest. Null where there is not one sample. */
  async #outcomeOf(network: Network, slot: Slot, place: number): Promise<Outcome | null> {
    const { program, map, formula } = network.active[place] as Network['active'][number]
    const unknown = program.inputs.flatMap(({ back }, i) => (back === 0 && slot.there[map[i] as number] === 1 ? [] : [i]))
    const asked = unknown.map((i) => program.inputs[i] as (typeof program.inputs)[number])
    const grids = await gridsOf(this.#history, asked, slot.at, slot.at)
    const value = Float64Array.from(map, (row) => slot.value[row] as number)
    const quality = Uint8Array.from(map, (row) => slot.quality[row] as number)
    unknown.forEach((input, i) => {
      value[input] = grids[i]?.value[0] ?? Number.NaN
      quality[input] = grids[i]?.quality[0] ?? missing
    })
    if (quality.every((one) => one === missing)) return null
    const own = map.map((_row, i) => i)
    return this.#machine.run(program, own, { value, quality }, formula.share)
  }

  /** Everything that is still open, in the order of the network. */
  async #finish(at: number, now: number): Promise<void> {
    for (;;) {
      const slot = this.#slots.get(at)
      const place = slot?.done.findIndex((done) => done !== 2) ?? -1
      if (!slot || place === -1) {
        this.#slots.delete(at)
        return
      }
      try {
        await this.#lookUp(this.#network, slot, [place])
      } catch (error) {
        // Such as while the store is replaced; what is not calculated by then is left to a calculation of the past.
        const late = now > at + longestTryMs
        for (const one of [slot, this.#slots.get(at) ?? slot]) Object.assign(one, { closing: false, again: now + againMs })
        if (late) this.#slots.delete(at)
        throw error
      }
    }
  }

  #later(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(this.#failed)
  }
}
