import type { ReadingBatch } from '#shared/reading.ts'
import type { Contact } from '../faults/contact.ts'
import type { Controller } from '../image/controller.ts'
import type { Physics } from '../physics/port.ts'
import type { Source } from './band.ts'
import { meanings } from './meaning.ts'
import { quarterHourMs, StationRecord } from './station-record.ts'

/** What all stations of a town showed at quarter hours. */
export class TownRecord {
  readonly #stations: readonly StationRecord[]
  #open = true

  /** From the first quarter hour after `start` (simulated UTC ms) on. */
  constructor(controllers: readonly Controller[], start: number) {
    const first = Math.floor(start / quarterHourMs) + 1
    const shared = meanings()
    this.#stations = controllers.map((controller) => new StationRecord(sourceOf(controller), first, shared))
  }

  /** A step has ended at `now`; when that is a quarter hour, it is kept. */
  pass(now: number, physics: Physics, contacts: readonly Contact[]): void {
    if (!this.#open || now % quarterHourMs !== 0) return
    for (const [i, station] of this.#stations.entries()) {
      const contact = contacts[i]
      if (!contact?.frozen) station.look(physics.state(i), now)
      station.keep(contact?.offline === true || contact?.noAnswer === true)
    }
  }

  /** A station shows this from now on, whatever it is: it freezes. */
  look(station: number, physics: Physics): void {
    if (this.#open) this.#stations[station]?.look(physics.state(station), physics.now, true)
  }

  /** Nothing is added any more. */
  close(): void {
    this.#open = false
  }

  get slots(): number {
    return this.#stations[0]?.count ?? 0
  }

  /** As SimulatorPort.past. Undefined: there is no such station. */
  past(station: number, series: readonly number[], from: number, slots: number): { batch: ReadingBatch; next: number | null } | undefined {
    const record = this.#stations[station]
    if (!record) return undefined
    const batch = record.rows(series, from, slots)
    return { batch, next: from + slots < record.count ? from + slots : null }
  }
}

function sourceOf(controller: Controller): Source {
  const live = new Map(controller.model.live.map((one) => [one.point, one]))
  return {
    points: controller.station.profile.points.filter(({ role }) => role === 'measure' || role === 'state'),
    words: (point) => controller.wordsOf(point),
    live: (point) => live.get(point),
  }
}
