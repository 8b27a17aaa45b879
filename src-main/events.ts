import type { LiveEvent } from '#shared/live.ts'

/** What every client may hear; readings go another way, since each client has its own list (server/live.ts). */
export type Announced = Exclude<LiveEvent, { event: 'readings' }>

/** Hands announcements to every listener. Events announce and never command. */
export class Events {
  readonly #listeners = new Set<(event: Announced) => void>()

  announce(event: Announced): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: Announced) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
