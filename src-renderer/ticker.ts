export type Ticker = { subscribe: (listener: () => void) => () => void; now: () => number }

/** One clock hand for the whole page: moves every second while somebody reads it. */
export function createTicker(now: () => number): Ticker {
  const listeners = new Set<() => void>()
  let current = now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    current = now()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      if (listeners.size === 0) {
        current = now()
        timer = setInterval(tick, 1000)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
    now: () => current,
  }
}
