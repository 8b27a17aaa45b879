import type { Point } from '#shared/devices/profile.ts'
import type { Station } from '#shared/simulator/port.ts'
import { Bank } from './bank.ts'
import { clockField, clockFields, setClock, showClock } from './clock.ts'
import { furnish, putCurve } from './furnish.ts'
import { exceptions, type Exception, type RegisterBank } from '../serve/modbus-answer.ts'
import type { Model } from './model.ts'
import { settingsOf, type Settings } from './settings.ts'
import { stationAt, type StationState } from '../station.ts'
import type { Surroundings } from '../surroundings.ts'
import { traitsOf, type Traits } from '../traits.ts'

const second = 1_000
// More changes than anybody makes by hand; beyond them the oldest are forgotten, but not how things were before all of them.
const remembered = 500

/** One simulated controller: its registers, which follow the station's physics and the settings written to them. */
export class Controller implements RegisterBank {
  readonly station: Station
  readonly #model: Model
  readonly #bank: Bank
  readonly #traits: Traits
  readonly #around: (at: number) => Surroundings
  readonly #clock: () => number
  readonly #pinned = new Set<number>()
  readonly #timeline: { at: number; settings: Settings }[]
  #clockOffset = 0
  #shown = Number.NaN

  constructor(station: Station, model: Model, around: (at: number) => Surroundings, clock: () => number) {
    this.station = station
    this.#model = model
    this.#bank = new Bank(model)
    this.#traits = traitsOf(station)
    this.#around = around
    this.#clock = clock
    furnish(this.#bank, station, this.#traits)
    this.#timeline = [{ at: -Infinity, settings: settingsOf(this.#bank, 0) }]
  }

  /** The Modbus address that the controller is set to. */
  get unit(): number {
    return this.#bank.value('identity.address') ?? 1
  }

  /** Brings every moving register to the present second, all at once. */
  refresh(): void {
    const at = this.#now()
    if (at === this.#shown) return
    this.#shown = at
    const state = this.stateAt(at)
    const pinned = (address: number) => this.#pinned.has(address)
    for (const { point, value } of this.#model.live) this.#bank.put(point, value(state), pinned)
    const shown = showClock(this.#local(at))
    for (const field of clockFields) {
      const point = this.#bank.point(`clock.${field}`)
      if (point) this.#bank.put(point, shown[field], pinned)
    }
  }

  read(address: number): number | undefined {
    return this.#bank.read(address)
  }

  write(address: number, raw: number): Exception | 'done' {
    const verdict = this.#bank.check(address, raw)
    if (verdict !== 'allowed') return verdict
    const [point] = this.#bank.pointsAt(address)
    const field = point && clockField(point.id)
    if (field) {
      const at = this.#now()
      const set = setClock(this.#local(at), field, raw)
      if (set === null) return exceptions.illegalValue
      this.#clockOffset += set - this.#local(at)
    } else this.#bank.set(address, raw)
    this.#pinned.delete(address)
    this.#obey(address)
    return 'done'
  }

  /** Sets a raw register whatever the device would say. What moves by itself stays as set, a setting takes effect. */
  poke(address: number, raw: number): void {
    this.#bank.set(address, raw)
    if (!this.#bank.pointsAt(address).some(({ write }) => write)) this.#pinned.add(address)
    this.#obey(address)
  }

  stateAt(at: number): StationState {
    return stationAt(this.#traits, this.#around(at), this.#timeline, at)
  }

  /** The words of a point as they would be had nobody poked it; undefined when it is not served. */
  wordsOf(point: Point): number[] | undefined {
    return this.#bank.words(point)?.map((word, i) => {
      const address = point.address + i
      return this.#pinned.has(address) ? (this.#model.image.get(address) ?? word) : word
    })
  }

  #obey(address: number): void {
    if (this.#bank.pointsAt(address).some(({ id }) => id === 'circuit1.slope')) putCurve(this.#bank)
    this.#shown = Number.NaN
    const settings = settingsOf(this.#bank, this.#clockOffset)
    const last = this.#timeline.at(-1)
    if (JSON.stringify(last?.settings) === JSON.stringify(settings)) return
    const at = this.#now()
    if (last?.at === at) this.#timeline.pop()
    this.#timeline.push({ at, settings })
    if (this.#timeline.length > remembered) this.#timeline.splice(1, 1)
  }

  #now(): number {
    return Math.floor(this.#clock() / second) * second
  }

  #local(at: number): number {
    return at + this.#around(at).zone.offset(at) + this.#clockOffset
  }
}
