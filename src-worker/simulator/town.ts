import { Failure } from '#shared/failures.ts'
import type { Fault } from '#shared/simulator/faults.ts'
import type { Opening } from '#shared/simulator/port.ts'
import { contactOf, goodContact, type Contact } from './faults/contact.ts'
import { FaultBook } from './faults/book.ts'
import { targetsOf } from './faults/targets.ts'
import { Controller, type SavedController } from './image/controller.ts'
import { modelOf, type Model } from './image/model.ts'
import { localTime, type LocalTime } from './physics/local-time.ts'
import { createPhysics } from './physics/physics.ts'
import type { Physics, TownPlan } from './physics/port.ts'
import { quarterHourMs } from './record/station-record.ts'
import { TownRecord } from './record/town-record.ts'
import { pack, refused, unpack, type SavedClock } from './record/saved.ts'
import type { OpcuaIdentity } from './serve/opcua/identity.ts'
import type { World } from './time/stepper.ts'
import { fineMs } from './time/stride.ts'
import { markOf, townPlan } from './town-plan.ts'

/** A town between its steps: houses and network, controllers, faults and what is kept of its past. It knows no wall clock. */
export class Town implements World {
  readonly plan: TownPlan
  readonly physics: Physics
  readonly controllers: readonly Controller[]
  readonly faults: FaultBook
  /** Serial numbers of the meters that the stations were built with. */
  readonly delivered: readonly number[]
  readonly zone: LocalTime
  /** What happened to contacts is told here: the position of a station. */
  onContact: (station: number, contact: Contact) => void = () => undefined
  /** The clock as it was when the town was saved; undefined: it begins anew. */
  readonly remembered: SavedClock | undefined
  /** Who its OPC UA server is, once there was one. */
  opcua: OpcuaIdentity | undefined
  readonly #mark: string
  readonly #contacts: Contact[]
  /** Stations whose clocks run wrong. */
  #drifting: number[] = []
  #record: TownRecord | undefined

  /**
   * `present`: what the days of planned faults count from, UTC ms. Throws as `townPlan` and `FaultBook.plan` do, and `conflict` for a saved
   * state that is not of this town.
   */
  constructor(opening: Opening, present: number) {
    const { stations, town } = opening
    const start = Math.floor((opening.start ?? present) / fineMs) * fineMs
    this.plan = townPlan(opening, start)
    this.#mark = markOf(this.plan, stations)
    this.zone = localTime(this.plan.climate.timeZone)
    const physics = createPhysics(this.plan)
    this.physics = physics
    const models = new Map<string, Model>()
    this.controllers = stations.map((station, index) => {
      const model = models.get(station.profile.id) ?? modelOf(station.profile)
      models.set(station.profile.id, model)
      return new Controller({ station, model, physics, index, zone: this.zone })
    })
    this.delivered = stations.map((_, i) => physics.state(i).meter.serial)
    this.#contacts = stations.map(() => goodContact)
    const targets = targetsOf(this.plan.houses, this.plan.network, town?.zones ?? [])
    const touch = ({ kind, target }: Fault) => this.#contactsAt(targets.stations(kind, target))
    this.faults = new FaultBook(targets, {
      begin: (fault) => {
        physics.hurt(fault)
        touch(fault)
      },
      end: (fault) => {
        physics.heal(fault)
        touch(fault)
      },
    })
    this.remembered = opening.saved && this.#load(opening.saved)
    if (this.remembered) return
    this.faults.plan(opening.faults ?? [], present)
    if (opening.record) this.#record = new TownRecord(this.controllers, start)
    this.faults.reach(start)
  }

  get now(): number {
    return this.physics.now
  }

  get event(): number {
    return this.faults.event
  }

  get record(): TownRecord | undefined {
    return this.#record
  }

  step(ms: number): void {
    const { physics } = this
    physics.step(ms / 1_000)
    if (physics.now % quarterHourMs === 0) for (const i of this.#drifting) this.controllers[i]?.refresh()
    this.#record?.pass(physics.now, physics, this.#contacts)
    this.faults.reach(physics.now)
  }

  /** No more is kept, and what was is gone. */
  forget(): void {
    this.#record = undefined
  }

  save(clock: SavedClock): Uint8Array {
    return pack<SavedController>({
      plan: this.#mark,
      clock: { now: clock.now, speed: clock.speed, ahead: clock.ahead },
      physics: this.physics.save(),
      controllers: this.controllers.map((controller) => controller.save()),
      faults: this.faults.save(),
      opcua: this.opcua,
    })
  }

  /** Throws `notFound`. */
  controller(station: number): Controller {
    const found = this.controllers[station]
    if (!found) throw new Failure('notFound', { what: 'station', station })
    return found
  }

  contact(station: number): Contact {
    return this.#contacts[station] ?? goodContact
  }

  #load(saved: Uint8Array): SavedClock {
    const { clock, physics, controllers, faults, opcua } = unpack<SavedController>(saved, this.#mark)
    try {
      this.physics.load(physics)
    } catch (error) {
      if (error instanceof RangeError) throw refused('version', error)
      throw error
    }
    this.faults.load(faults)
    controllers.forEach((memory, i) => this.controllers[i]?.load(memory))
    this.opcua = opcua
    // Once more: settings and faults that begin anew have changed what they had changed already.
    this.physics.load(physics)
    return clock
  }

  #contactsAt(stations: Iterable<number>): void {
    for (const i of stations) {
      const was = this.contact(i)
      const contact = contactOf(this.faults.standingAt(i))
      if (contact.frozen && !was.frozen) this.#record?.look(i, this.physics)
      this.#contacts[i] = contact
      const controller = this.controllers[i]
      if (contact.frozen !== was.frozen) controller?.freeze(contact.frozen)
      if (contact.drift !== was.drift) controller?.drift(contact.drift === 0 ? null : contact.drift, contact.driftFrom)
      this.onContact(i, contact)
    }
    this.#drifting = this.#contacts.flatMap(({ drift }, i) => (drift === 0 ? [] : [i]))
  }
}
