import { emptyBatch, qualities, type ReadingBatch } from '#shared/reading.ts'
import type { StationState } from '../physics/state.ts'
import { Band, type Source } from './band.ts'
import type { Meaning, Meanings } from './meaning.ts'

export const quarterHourMs = 15 * 60_000
const slotsOfDay = 96
const slotsOfHour = 4

type Day = { measures: Uint16Array; states: Uint16Array; gone: Uint8Array }
type Column = { place: number; meaning: Meaning; at: number }

const good = qualities.indexOf('good')
const fault = qualities.indexOf('fault')
const offline = qualities.indexOf('offline')

/** The registers of one station at quarter hours, word for word: measures each time, states at full hours, others as they stand. */
export class StationRecord {
  readonly #source: Source
  readonly #first: number
  readonly #days: Day[] = []
  readonly #measures: Band
  readonly #states: Band
  readonly #still: Band
  readonly #columns: { measures: readonly Column[]; states: readonly Column[]; still: readonly Column[] }
  readonly #stillRow: Uint16Array
  #count = 0

  /** `first`: number of its first slot, counted in quarter hours of UTC. */
  constructor(source: Source, first: number, meanings: Meanings) {
    this.#source = source
    this.#first = first
    const served = source.points.filter((point) => source.words(point) !== undefined)
    const moving = served.filter((point) => source.live(point) !== undefined)
    this.#measures = new Band(
      source,
      moving.filter(({ role }) => role === 'measure'),
    )
    this.#states = new Band(
      source,
      moving.filter(({ role }) => role !== 'measure'),
    )
    this.#still = new Band(
      source,
      served.filter((point) => source.live(point) === undefined),
    )
    this.#stillRow = new Uint16Array(this.#still.width)
    this.#still.copy(this.#stillRow, 0)
    const places = new Map(source.points.map((point, i) => [point, i]))
    const columns = (band: Band): Column[] =>
      band.points.map((point, i) => ({ place: places.get(point) ?? 0, meaning: meanings(point), at: band.at[i] ?? 0 }))
    this.#columns = { measures: columns(this.#measures), states: columns(this.#states), still: columns(this.#still) }
  }

  /** Slots that are kept. */
  get count(): number {
    return this.#count
  }

  /** Brings the registers to this state at `now` (simulated UTC ms): all that the next slot keeps, or really `all`. */
  look(state: StationState, now: number, all = false): void {
    this.#measures.look(state, now)
    if (all || (this.#first + this.#count) % slotsOfHour === 0) this.#states.look(state, now)
  }

  /** Keeps the registers, as last looked at, for the next slot; `gone`: the station does not answer. */
  keep(gone: boolean): void {
    const slot = this.#first + this.#count++
    const day = (this.#days[this.#dayOf(slot)] ??= {
      measures: new Uint16Array(slotsOfDay * this.#measures.width),
      states: new Uint16Array((slotsOfDay / slotsOfHour) * this.#states.width),
      gone: new Uint8Array(slotsOfDay),
    })
    const row = slot % slotsOfDay
    if (gone) {
      day.gone[row] = 1
      return
    }
    this.#measures.copy(day.measures, row * this.#measures.width)
    if (slot % slotsOfHour === 0) this.#states.copy(day.states, (row / slotsOfHour) * this.#states.width)
  }

  /** Rows of at most `slots` slots from the `from`-th on. Throws RangeError when `series` does not fit the points. */
  rows(series: readonly number[], from: number, slots: number): ReadingBatch {
    const { points } = this.#source
    if (points.length !== series.length) throw new RangeError(`${series.length} series for ${points.length} points`)
    const { measures, states, still } = this.#columns
    const begin = this.#first + from
    const end = Math.max(begin, Math.min(begin + slots, this.#first + this.#count))
    let length = 0
    for (let slot = begin; slot < end; slot++) {
      length += measures.length
      if (slot % slotsOfHour === 0) length += states.length
      if (this.#opensDay(slot)) length += still.length
    }
    const write = writer(emptyBatch(length), series)
    for (let slot = begin; slot < end; slot++) {
      const day = this.#days[this.#dayOf(slot)]
      if (!day) continue
      const row = slot % slotsOfDay
      const at = slot * quarterHourMs
      const gone = day.gone[row] === 1
      write.row(measures, day.measures, row * this.#measures.width, at, gone)
      if (slot % slotsOfHour === 0) write.row(states, day.states, (row / slotsOfHour) * this.#states.width, at, gone)
      if (this.#opensDay(slot)) write.row(still, this.#stillRow, 0, at, gone)
    }
    return write.batch
  }

  #dayOf(slot: number): number {
    return Math.floor(slot / slotsOfDay) - Math.floor(this.#first / slotsOfDay)
  }

  #opensDay(slot: number): boolean {
    return slot % slotsOfDay === 0 || slot === this.#first
  }
}

function writer(batch: ReadingBatch, series: readonly number[]) {
  let next = 0
  return {
    batch,
    row(columns: readonly Column[], words: Uint16Array, from: number, at: number, gone: boolean) {
      for (const column of columns) {
        const value = gone ? Number.NaN : column.meaning(words, from + column.at)
        batch.series[next] = series[column.place] ?? 0
        batch.at[next] = at
        batch.value[next] = value
        batch.quality[next] = gone ? offline : Number.isNaN(value) ? fault : good
        next++
      }
    },
  }
}
