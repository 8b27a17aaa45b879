import { Failure } from '#shared/failures.ts'
import type { Host } from '../../capability.ts'

/** How far one trial is. */
export type Progress = {
  signal: AbortSignal
  /** `part` of all, 0 to 1. */
  tell(part: number): void
  /** Gives way to everything else; throws `cancelled` when nobody waits any more. */
  pause(): Promise<void>
}

const mostAtOnce = 3
const tellEveryMs = 250
const total = 1000

/** Trials that are under way: at most three, each ended by its name, or when whoever asked has gone. */
export class Running {
  readonly #host: Host
  readonly #trials = new Map<string, AbortController>()
  #nameless = 0

  constructor(host: Host) {
    this.#host = host
  }

  get size(): number {
    return this.#trials.size
  }

  /** Rejects with `busy` when enough are running, and with `conflict` for a name that is. */
  async run<T>(name: string | undefined, gone: AbortSignal | undefined, work: (progress: Progress) => Promise<T>): Promise<T> {
    const key = name ?? `|${this.#nameless++}`
    if (this.#trials.has(key)) throw new Failure('conflict', { what: 'job' })
    if (this.#trials.size >= mostAtOnce) throw new Failure('busy')
    const controller = new AbortController()
    this.#trials.set(key, controller)
    const signal = gone ? AbortSignal.any([gone, controller.signal]) : controller.signal
    const announce = (done: number, state: 'running' | 'done' | 'failed' | 'cancelled') => {
      if (name !== undefined) this.#host.events.announce({ event: 'jobs', job: `alarms.trial.${name}`, done, total, state })
    }
    let [done, told] = [0, Number.NEGATIVE_INFINITY]
    const tell = (part: number) => {
      done = Math.max(done, Math.min(total, Math.floor(part * total)))
      const now = this.#host.clock()
      if (now - told < tellEveryMs && now >= told) return
      told = now
      announce(done, 'running')
    }
    const pause = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      if (signal.aborted) throw new Failure('cancelled')
    }
    tell(0)
    try {
      const answer = await work({ signal, tell, pause })
      announce(total, 'done')
      return answer
    } catch (error) {
      announce(done, signal.aborted ? 'cancelled' : 'failed')
      throw error
    } finally {
      this.#trials.delete(key)
    }
  }

  /** Throws notFound when there is none of this name. */
  stop(name: string): void {
    const controller = this.#trials.get(name)
    if (!controller) throw new Failure('notFound', { what: 'job' })
    controller.abort()
  }
}
