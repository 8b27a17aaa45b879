import type { ReadingsEvent } from '#shared/acquisition/port.ts'
import type { Point } from '#shared/devices/profile.ts'
import { rowOf } from '#shared/reading.ts'
import type { Host } from '../capability.ts'
import type { PlantDevice } from '../plant.ts'

export type Stand = { device: PlantDevice; point: Point; series: number; value: number; since: number }

/**
 * The points that are not on automatic, by what was read last: a device without contact keeps what it had. Kept over a restart,
 * so that it stays known since when.
 */
export class Standing {
  readonly #host: Host
  readonly #watched = new Map<number, readonly number[]>()
  readonly #standing = new Map<number, { value: number; since: number }>()
  #written = Promise.resolve()

  constructor(host: Host) {
    this.#host = host
  }

  async start(): Promise<void> {
    const rows = await this.#host.database.selectFrom('standing').selectAll().execute()
    for (const { series, value, since } of rows) this.#standing.set(series, { value, since })
    for (const device of this.#host.plant.all()) this.add(device)
    // What was read before this list was there to hear it.
    for (const series of this.#watched.keys()) {
      const reading = this.#host.latest.get(series)
      if (reading?.quality === 'good' && reading.value !== null) this.#see(series, reading.value, reading.at)
    }
  }

  /** Waits until everything known is on disk. */
  stop(): Promise<void> {
    return this.#written
  }

  add({ profile, series }: PlantDevice): void {
    profile.points.forEach(({ automatic }, i) => {
      const number = series[i]
      if (automatic && number !== undefined) this.#watched.set(number, automatic)
    })
  }

  drop({ series }: PlantDevice): void {
    for (const number of series) {
      this.#watched.delete(number)
      if (this.#standing.has(number)) this.#set(number, null)
    }
  }

  take({ batch, reason }: ReadingsEvent): void {
    let changed = false
    for (let i = 0; i < batch.series.length; i++) {
      if (!this.#watched.has(batch.series[i] ?? -1)) continue
      const { series, value, quality, at } = rowOf(batch, i)
      if (value === null || quality !== 'good') continue
      // The time of a stored quarter hour is its beginning, not that of the read.
      changed = this.#see(series, value, reason === 'slot' ? this.#host.clock() : at) || changed
    }
    if (changed) this.#host.events.announce({ event: 'changed', kind: 'override', ids: [] })
  }

  /** Whether what stands has changed. */
  #see(series: number, value: number, at: number): boolean {
    const now = this.#watched.get(series)?.includes(value) ? undefined : value
    if (this.#standing.get(series)?.value === now) return false
    this.#set(series, now === undefined ? null : { value: now, since: at })
    return true
  }

  /** All that stands now, oldest first. */
  list(): Stand[] {
    const stands = [...this.#standing].flatMap(([series, stand]) => {
      const owner = this.#host.plant.ownerOf(series)
      return owner ? [{ ...owner, series, ...stand }] : []
    })
    return stands.sort((a, b) => a.since - b.since)
  }

  #set(series: number, stand: { value: number; since: number } | null): void {
    if (stand) this.#standing.set(series, stand)
    else this.#standing.delete(series)
    const { database, log } = this.#host
    this.#written = this.#written
      .then(async () => {
        if (stand) {
          await database
            .insertInto('standing')
            .values({ series, ...stand })
            .onConflict((taken) => taken.column('series').doUpdateSet(stand))
            .execute()
        } else await database.deleteFrom('standing').where('series', '=', series).execute()
      })
      .catch((error: unknown) => log.error('an override could not be noted', { series, error: String(error) }))
  }
}
