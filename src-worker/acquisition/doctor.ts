import type { Line } from '#shared/acquisition/line.ts'
import { LineLog, type Tap } from './line-log.ts'

type Watched = { readonly tap: Tap; readonly reconnectsLately: number; readonly busyMs: number }
export type LineLook = Pick<Line, 'reconnects' | 'load' | 'messages' | 'lost' | 'next'>

/** Whoever looks asks again sooner than this; otherwise nobody looks any more. */
const forgetMs = 15_000

type Sitting = { log: LineLog; timer: NodeJS.Timeout; busyMs: number; at: number }

/** Listens to lines while somebody looks at them. */
export class Doctor {
  readonly #clock: () => number
  #numbered = 0
  readonly #sittings = new Map<Watched, Sitting>()

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** What passed on the line after message `since`. The first look begins to listen, and each keeps it up for 15 s. */
  look(link: Watched, since: number): LineLook {
    const { reconnectsLately: reconnects, busyMs } = link
    const sitting = this.#sittings.get(link)
    const now = performance.now()
    if (!sitting) {
      const log = new LineLog(this.#clock, this.#numbered)
      link.tap.hear = log.hear
      this.#sittings.set(link, { log, timer: setTimeout(() => this.#leave(link), forgetMs), busyMs, at: now })
      return { reconnects, load: null, ...log.after(since) }
    }
    sitting.timer.refresh()
    const load = now > sitting.at ? Math.min(1, (busyMs - sitting.busyMs) / (now - sitting.at)) : null
    Object.assign(sitting, { busyMs, at: now })
    return { reconnects, load: load === null ? null : Math.round(load * 10_000) / 10_000, ...sitting.log.after(since) }
  }

  stop(): void {
    for (const link of this.#sittings.keys()) this.#leave(link)
  }

  #leave(link: Watched): void {
    const sitting = this.#sittings.get(link)
    clearTimeout(sitting?.timer)
    this.#numbered = Math.max(this.#numbered, sitting?.log.count ?? 0)
    this.#sittings.delete(link)
    link.tap.hear = undefined
  }
}
