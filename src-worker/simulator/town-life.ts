import { Failure } from '#shared/failures.ts'
import type { Opened, Opening } from '#shared/simulator/port.ts'
import { openServers, type Servers } from './servers.ts'
import { SimClock } from './time/sim-clock.ts'
import { Stepper, type Progress } from './time/stepper.ts'
import { Town } from './town.ts'

/** A town in time: it is made, opens its servers, lives, and ends. */
export class TownLife {
  readonly town: Town
  readonly clock: SimClock
  readonly #opening: Opening
  readonly #stepper: Stepper
  readonly #speed: number
  #servers: Servers | undefined
  #ended = false

  /** Throws as `Town` does. */
  constructor(opening: Opening, wall: () => number) {
    const present = wall()
    this.#opening = opening
    this.town = new Town(opening, present)
    const { remembered } = this.town
    this.#speed = remembered?.speed ?? opening.speed ?? 1
    this.clock = new SimClock(wall, remembered ? presentOf(remembered, present) : present, this.#speed === 0 && remembered ? 0 : 1)
    this.#stepper = new Stepper(this.town, this.clock)
  }

  /** Whether its servers are open. */
  get open(): boolean {
    return this.#servers !== undefined
  }

  /** Lets it live until the present and opens its servers. Rejects with `cancelled` when it ends before. */
  async begin(tell: (progress: Progress) => void): Promise<Opened> {
    await this.#stepper.reach(tell)
    const servers = await openServers(this.town, this.#opening)
    if (this.#ended) {
      await servers.close()
      throw new Failure('cancelled')
    }
    this.#servers = servers
    if (this.#speed !== 1) this.town.record?.close()
    this.clock.pace(this.#speed)
    this.#stepper.live()
    return servers.opened
  }

  pace(speed: number): void {
    // Its time is not that of samples any more.
    this.town.record?.close()
    this.clock.pace(speed)
    this.#stepper.wake()
  }

  /** Rejects with `cancelled` when it ends before it has got there. */
  async jump(to: number, tell: (progress: Progress) => void): Promise<void> {
    this.town.record?.close()
    this.clock.jump(to)
    await this.#stepper.reach(tell)
    this.#stepper.wake()
  }

  save(): Uint8Array {
    return this.town.save(this.clock)
  }

  async end(): Promise<void> {
    this.#ended = true
    this.#stepper.end()
    await this.#servers?.close()
    this.#servers = undefined
  }
}

/** Where simulated time stands after the program was away: a town that rested rests, others lived on at their usual pace. */
function presentOf({ now, speed, ahead }: { now: number; speed: number; ahead: number }, wall: number): number {
  return speed === 0 ? now : Math.max(now, wall + ahead)
}
