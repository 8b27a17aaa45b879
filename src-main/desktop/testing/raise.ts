type Listener = (...values: never[]) => unknown

/** Keeps listeners as Electron's objects do, and lets a test raise what only Electron would. */
export class Raiser {
  readonly #listeners = new Map<string, { listener: Listener; once: boolean }[]>()

  on(event: string, listener: Listener): this {
    return this.#add(event, listener, false)
  }

  once(event: string, listener: Listener): this {
    return this.#add(event, listener, true)
  }

  /** Calls every listener; throws when nobody listens, so that a test cannot pass because a name is wrong. */
  raise(event: string, ...values: unknown[]): void {
    const listeners = this.#listeners.get(event)
    if (!listeners?.length) throw new Error(`nobody listens to ${event}`)
    this.#listeners.set(
      event,
      listeners.filter(({ once }) => !once),
    )
    for (const { listener } of listeners) listener(...(values as never[]))
  }

  hears(event: string): boolean {
    return (this.#listeners.get(event)?.length ?? 0) > 0
  }

  #add(event: string, listener: Listener, once: boolean): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), { listener, once }])
    return this
  }
}

export type Prevented = { prevented: boolean; preventDefault(): void }

/** An event that remembers whether it was prevented, with whatever else it carries. */
export function preventable<T extends object>(carries: T = {} as T): T & Prevented {
  const event = {
    ...carries,
    prevented: false,
    preventDefault: () => {
      event.prevented = true
    },
  }
  return event
}
