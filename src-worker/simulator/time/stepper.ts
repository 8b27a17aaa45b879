import { Failure } from '#shared/failures.ts'
import type { SimClock } from './sim-clock.ts'
import { coarseUntil, fineMs, strideAt } from './stride.ts'

/** What goes through time. `event`: when something happens next, simulated UTC ms. */
export type World = { readonly now: number; readonly event: number; step(ms: number): void }

export type Progress = { done: number; total: number }

const dayMs = 24 * 3_600_000
/** How long the thread is kept from answering at a stretch, and how often progress is told. */
const sliceMs = 25
const tellMs = 100
/** A clock that is changed, or a machine that wakes, is noticed after so long. */
const longestWaitMs = 1_000
const shortestWaitMs = 20

/** Keeps a world at the present of its clock. Between slices of work the thread is free for others. */
export class Stepper {
  readonly #world: World
  readonly #clock: SimClock
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #ended = false
  #alive = false
  #coarse = 0

  constructor(world: World, clock: SimClock) {
    this.#world = world
    this.#clock = clock
  }

  /** Resolves when the world has reached the present. Rejects with `cancelled` when it is ended before. */
  reach(tell?: (progress: Progress) => void): Promise<void> {
    if (!tell) return this.#run()
    const from = this.#world.now
    const days = (ms: number) => Math.round((ms / dayMs) * 1_000) / 1_000
    const say = () => tell({ done: days(this.#world.now - from), total: days(Math.max(this.#clock.now, this.#world.now) - from) })
    say()
    const teller = setInterval(say, tellMs)
    return this.#run()
      .then(say)
      .finally(() => clearInterval(teller))
  }

  /** From now on the world follows the clock by itself. */
  live(): void {
    this.#alive = true
    this.#wait()
  }

  /** The clock was changed: its present is looked at anew. */
  wake(): void {
    if (this.#alive) this.#go()
  }

  end(): void {
    this.#ended = true
    this.#alive = false
    clearTimeout(this.#timer)
  }

  #run(): Promise<void> {
    this.#coarse = Math.max(this.#coarse, coarseUntil(this.#world.now, this.#clock.now))
    this.#running ??= this.#steps().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #steps(): Promise<void> {
    for (;;) {
      if (this.#ended) throw new Failure('cancelled')
      const until = performance.now() + sliceMs
      do {
        const stride = strideAt(this.#world.now, this.#clock.now, this.#coarse, this.#world.event)
        if (stride === 0) return
        this.#world.step(stride)
      } while (performance.now() < until)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #go(): void {
    clearTimeout(this.#timer)
    void this.#run().then(
      () => this.#wait(),
      (error: unknown) => {
        // A step that fails ends the thread: a town that stands still would look like one that lives.
        if (!this.#ended) throw error
      },
    )
  }

  #wait(): void {
    clearTimeout(this.#timer)
    if (!this.#alive || this.#clock.speed === 0) return
    const due = (this.#world.now + fineMs - this.#clock.now) / this.#clock.speed
    this.#timer = setTimeout(() => this.#go(), Math.min(Math.max(due, shortestWaitMs), longestWaitMs))
  }
}
