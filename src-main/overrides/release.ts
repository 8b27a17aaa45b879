import { Failure } from '#shared/failures.ts'
import type { Release } from '#shared/overrides/contract.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'

type Wanted = { device: string; point: string; value: number }

/** Devices written to at the same time; the points of one device follow one another. */
const atOnce = 8
const job = 'overrides.release'

/** Gives points back to their controllers, each by a truthful write in the name of whoever asked. One release at a time. */
export class Releases {
  readonly #host: Host
  #last: Release | null = null
  #cancelled = false
  #running = Promise.resolve()

  constructor(host: Host) {
    this.#host = host
  }

  get last(): Release | null {
    return this.#last
  }

  /** Returns at once; throws busy while another is under way. */
  begin(points: readonly Wanted[], { actor }: Context): Release {
    if (this.#last?.state === 'running') throw new Failure('busy', { what: job })
    const release: Release = { state: 'running', done: 0, total: points.length, results: [] }
    this.#last = release
    this.#cancelled = false
    const devices = new Map<string, Wanted[]>()
    for (const wanted of points) devices.set(wanted.device, [...(devices.get(wanted.device) ?? []), wanted])
    const waiting = [...devices.values()]
    const work = async () => {
      for (let one = waiting.shift(); one && !this.#cancelled; one = waiting.shift()) {
        for (const wanted of one) {
          if (this.#cancelled) return
          release.results.push(await this.#release(wanted, { actor }))
          release.done++
          this.#tell(release)
        }
      }
    }
    this.#running = Promise.all(Array.from({ length: atOnce }, work)).then(() => {
      release.state = release.done < release.total ? 'cancelled' : 'done'
      this.#tell(release)
    })
    this.#tell(release)
    return release
  }

  cancel(): void {
    this.#cancelled = true
  }

  stop(): Promise<void> {
    this.cancel()
    return this.#running
  }

  async #release({ device, point, value: expect }: Wanted, context: Context): Promise<Release['results'][number]> {
    const known = this.#host.plant.get(device)
    const told = { device, name: known?.name ?? device, point }
    try {
      const automatic = known?.profile.points.find(({ id }) => id === point)?.automatic?.[0]
      if (automatic === undefined) throw new Failure('notFound', { what: 'point' })
      const asked = { id: device, point, value: automatic, expect, confirm: true }
      const { outcome } = await this.#host.call('devices.write', asked, context)
      return { ...told, outcome, failure: null }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return { ...told, outcome: null, failure: error.report() }
    }
  }

  #tell({ done, total, state }: Release): void {
    this.#host.events.announce({ event: 'jobs', job, done, total, state })
  }
}
