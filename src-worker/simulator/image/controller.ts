import { decode } from '#shared/devices/codec.ts'
import type { Point } from '#shared/devices/profile.ts'
import type { Station } from '#shared/simulator/port.ts'
import type { LocalTime } from '../physics/local-time.ts'
import type { Physics } from '../physics/port.ts'
import { exceptions, type Exception, type RegisterBank } from '../serve/modbus-answer.ts'
import { Bank } from './bank.ts'
import { setClock, showClock } from './clock.ts'
import { furnish, putCurve } from './furnish.ts'
import { habitsOf, type Habits } from './habits.ts'
import type { Model } from './model.ts'
import { placeOf, type Area } from './place.ts'
import { settingsOf } from './settings.ts'

const day = 86_400_000
const minute = 60_000

/** `index` is the station's place in the physics. */
export type ControllerOptions = {
  station: Station
  model: Model
  physics: Pick<Physics, 'now' | 'state' | 'obey'>
  index: number
  zone: Pick<LocalTime, 'offset'>
}

/** What was set on a controller, as `save` gives it. */
export type SavedController = { registers: [at: number, raw: number][]; pins: [at: number, raw: number][]; clockOffset: number }

/** One simulated controller: its registers, which follow the station's physics, and the settings written to them, which it obeys. */
export class Controller implements RegisterBank {
  readonly station: Station
  readonly model: Model
  readonly #bank: Bank
  readonly #physics: ControllerOptions['physics']
  readonly #index: number
  readonly #zone: ControllerOptions['zone']
  readonly #habits: Habits
  /** What moves by itself and was put somewhere by hand. */
  readonly #pins = new Map<number, number>()
  #clockOffset = 0
  /** The clock gains so many seconds a day since then, UTC ms. */
  #drift: { perDay: number; since: number } | null = null
  #frozen = false
  #shown = Number.NaN
  #obeyed = ''
  #obeyedMinutes = 0

  constructor({ station, model, physics, index, zone }: ControllerOptions) {
    this.station = station
    this.model = model
    this.#bank = new Bank(model)
    this.#physics = physics
    this.#index = index
    this.#zone = zone
    this.#habits = habitsOf(station)
    furnish(this.#bank, station, this.#habits)
    this.#obey()
  }

  /** The Modbus address that the controller is set to. */
  get unit(): number {
    return this.#bank.value('identity.address') ?? 1
  }

  /**
   * Brings every moving register to the physics' present, all at once; a frozen one stays as it was. A clock that drifts moves the week
   * programs here.
   */
  refresh(): void {
    const { now } = this.#physics
    if (this.#drift && this.#driftedMinutes() !== this.#obeyedMinutes) this.#obey()
    if (now === this.#shown || this.#frozen) return
    this.#shown = now
    const state = this.#physics.state(this.#index)
    for (const live of this.model.live) this.#bank.move(live, live.value(state, now))
    if (this.model.clock.length === 0) return
    const shown = showClock(this.#local(), this.#zone.offset(now))
    for (const { point, field } of this.model.clock) this.#bank.put(point, shown[field])
  }

  read(area: Area, address: number): number | undefined {
    const at = placeOf(area, address)
    return this.#pins.get(at) ?? this.#bank.read(at)
  }

  /**
   * Takes over words from an address on, all of them or none. One that is frozen says that it took what it would take, and keeps
   * nothing: whoever reads back sees that.
   */
  write(area: Area, address: number, words: readonly number[]): Exception | 'done' {
    const changes = new Map(words.map((word, i) => [placeOf(area, address + i), word & 0xffff]))
    const verdict = this.#isShut(changes) ? exceptions.illegalValue : this.#bank.check(changes)
    if (verdict !== 'allowed') return verdict
    if (this.#frozen) return 'done'
    const { clock } = this.model
    const times = clock.filter(({ point }) => [...changes.keys()].some((at) => this.#bank.pointsAt(at).includes(point)))
    if (times.length === 0) for (const [at, word] of changes) this.#set(at, word)
    const before = this.#clockOffset
    for (const { point, field } of times) {
      const { value } = decode(point, this.#bank.words(point, changes) ?? [])
      const set = value === null ? null : setClock(this.#local(), this.#zone.offset(this.#physics.now), field, value)
      if (set === null) {
        this.#clockOffset = before
        return exceptions.illegalValue
      }
      this.#clockOffset += set - this.#local()
    }
    this.#changed([...changes.keys()])
    return 'done'
  }

  /** Sets a raw holding register whatever the device would say. What moves by itself stays as set, a setting takes effect. */
  poke(address: number, raw: number): void {
    const at = placeOf('holding', address)
    if (this.#bank.pointsAt(at).some(({ write }) => write)) this.#bank.set(at, raw)
    else this.#pins.set(at, raw & 0xffff)
    this.#changed([at])
  }

  /** Registers stand still from now on while everything behind them goes on. */
  freeze(on: boolean): void {
    if (on) this.refresh()
    this.#frozen = on
    this.#shown = Number.NaN
  }

  /** The clock gains so many seconds a day, since now or an earlier moment (simulated UTC ms); null: it is right again. */
  drift(perDay: number | null, since: number = this.#physics.now): void {
    this.#drift = perDay === null ? null : { perDay, since }
    this.#changed([])
  }

  /** The words of a point as they would be had nobody poked it; undefined when it is not served. */
  wordsOf(point: Point): number[] | undefined {
    return this.#bank.words(point)
  }

  save(): SavedController {
    // A frozen one goes on showing what it showed.
    const live = this.#frozen ? [] : this.model.live
    const moving = new Set(live.flatMap(({ at, words }) => Array.from({ length: words }, (_, i) => at + i)))
    return {
      registers: this.#bank.own().filter(([at]) => !moving.has(at)),
      pins: [...this.#pins],
      clockOffset: this.#clockOffset,
    }
  }

  /** Takes over what `save` gave for the same station; registers that are not served any more are left out. */
  load({ registers, pins, clockOffset }: SavedController): void {
    for (const [at, raw] of registers) if (this.#bank.read(at) !== undefined) this.#bank.set(at, raw)
    for (const [at, raw] of pins) this.#pins.set(at, raw)
    this.#clockOffset = clockOffset
    this.#shown = Number.NaN
    this.#obey()
  }

  /** Locked by its access code, or a point whose level coil leaves it to the controller. */
  #isShut(changes: ReadonlyMap<number, number>): boolean {
    const { unlock, claims } = this.model
    if (unlock && this.#bank.read(unlock.at) !== unlock.value && [...changes.keys()].some((at) => at !== unlock.at)) return true
    return [...claims].some(
      ([coil, { point, claim }]) =>
        [...changes.keys()].some((at) => this.#bank.pointsAt(at).includes(point)) && this.#bank.read(coil) !== claim.take,
    )
  }

  #set(at: number, word: number): void {
    this.#bank.set(at, word)
    const claimed = this.model.claims.get(at)
    if (!claimed) return
    const { point, claim } = claimed
    if (word === claim.giveBack && claim.release !== undefined) this.#bank.put(point, claim.release)
    const levels = this.#bank.point('levels')
    const own = [...this.model.claims].every(([coil, { claim: one }]) => this.#bank.read(coil) === one.giveBack)
    if (levels) this.#bank.put(levels, own ? 1 : 0)
  }

  #changed(places: readonly number[]): void {
    const slope = `${this.model.parts.heating}.slope`
    if (places.some((at) => this.#bank.pointsAt(at).some(({ id }) => id === slope))) putCurve(this.#bank)
    this.#shown = Number.NaN
    this.#obey()
  }

  #obey(): void {
    this.#obeyedMinutes = this.#driftedMinutes()
    const settings = settingsOf(this.#bank, this.#habits, this.#clockOffset + this.#obeyedMinutes * minute)
    const text = JSON.stringify(settings)
    if (text === this.#obeyed) return
    this.#obeyed = text
    this.#physics.obey(this.#index, settings)
  }

  /** ms by which the clock has run away since it drifts. */
  #drifted(): number {
    return this.#drift ? ((this.#physics.now - this.#drift.since) / day) * this.#drift.perDay * 1_000 : 0
  }

  /** Week programs know nothing finer. */
  #driftedMinutes(): number {
    return Math.round(this.#drifted() / minute)
  }

  /** What the clock shows now, counted like UTC ms. */
  #local(): number {
    const { now } = this.#physics
    return now + this.#zone.offset(now) + this.#clockOffset + this.#drifted()
  }
}
