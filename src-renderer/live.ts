import { qualities, type Reading } from '#shared/reading.ts'
import type { LiveEvent } from '#shared/live.ts'

export type Link = { state: 'connecting' | 'open' | 'lost'; since: number }

export type Move = { way: 'up' | 'down'; at: number }

export type LiveOptions = {
  url: string
  now: () => number
  onEvent: (event: Exclude<LiveEvent, { event: 'readings' }>) => void
  onOpen: (again: boolean) => void
  onLost: () => void
}

const settleMs = 80
const firstRetryMs = 500
const longestRetryMs = 8000
const watchLimit = 5000

/**
 * One WebSocket for the whole page: watches the union of what is on screen, and keeps the newest reading of each series.
 * The host answers every change of what is watched with the last known readings, then sends new ones as they come.
 */
export class LiveFeed {
  readonly #options: LiveOptions
  readonly #listeners = new Map<number, Set<() => void>>()
  /** Those that go on while nobody sees the page. */
  readonly #unseen = new Set<() => void>()
  readonly #linkListeners = new Set<() => void>()
  readonly #readings = new Map<number, Reading>()
  readonly #moves = new Map<number, Move>()
  #socket: WebSocket | undefined
  #link: Link
  #opened = false
  #stopped = false
  #hidden = false
  #retryMs = firstRetryMs
  #retry: ReturnType<typeof setTimeout> | undefined
  #settle: ReturnType<typeof setTimeout> | undefined
  #said = ''

  constructor(options: LiveOptions) {
    this.#options = options
    this.#link = { state: 'connecting', since: options.now() }
  }

  start(): void {
    this.#stopped = false
    this.#connect()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#retry)
    clearTimeout(this.#settle)
    this.#socket?.close()
  }

  link = (): Link => this.#link

  onLink = (listener: () => void): (() => void) => {
    this.#linkListeners.add(listener)
    return () => this.#linkListeners.delete(listener)
  }

  reading = (series: number): Reading | undefined => this.#readings.get(series)

  /** Which way the value went when it last changed, and the time of that reading. */
  move = (series: number): Move | undefined => this.#moves.get(series)

  /**
   * Watches series until the returned function is called. `listener` runs once per batch that touches one of them. `unseen`: also
   * while nobody sees the page.
   */
  watch(series: readonly number[], listener: () => void, { unseen = false } = {}): () => void {
    if (unseen) this.#unseen.add(listener)
    for (const one of series) {
      const set = this.#listeners.get(one) ?? new Set()
      this.#listeners.set(one, set.add(listener))
    }
    this.#saySoon()
    return () => {
      this.#unseen.delete(listener)
      for (const one of series) {
        const set = this.#listeners.get(one)
        set?.delete(listener)
        if (set?.size === 0) this.#listeners.delete(one)
      }
      this.#saySoon()
    }
  }

  /** A page that nobody sees watches only what is recorded, so that no device is read for it. */
  hide(hidden: boolean): void {
    this.#hidden = hidden
    this.#saySoon()
  }

  retryNow(): void {
    if (this.#link.state !== 'lost') return
    clearTimeout(this.#retry)
    this.#connect()
  }

  /** Takes readings that came another way, such as an answer; an older one never replaces a newer one. */
  take(rows: readonly (Reading & { series: number })[]): void {
    const touched = new Set<() => void>()
    for (const { series, value, quality, at } of rows) {
      const known = this.#readings.get(series)
      if (known && (known.at > at || (known.at === at && known.value === value && known.quality === quality))) continue
      if (known && known.value !== null && value !== null && known.value !== value) {
        this.#moves.set(series, { way: value > known.value ? 'up' : 'down', at })
      }
      this.#readings.set(series, { value, quality, at })
      for (const listener of this.#listeners.get(series) ?? []) touched.add(listener)
    }
    for (const listener of touched) listener()
  }

  #connect(): void {
    const socket = new WebSocket(this.#options.url)
    this.#socket = socket
    // A new connection watches nothing until it is told.
    this.#said = watching([])
    socket.addEventListener('open', () => {
      this.#retryMs = firstRetryMs
      this.#setLink('open')
      this.#options.onOpen(this.#opened)
      this.#opened = true
      this.#say()
    })
    socket.addEventListener('message', (message) => this.#hear(JSON.parse(String(message.data)) as LiveEvent))
    socket.addEventListener('close', () => {
      if (this.#stopped || this.#socket !== socket) return
      this.#setLink('lost')
      this.#options.onLost()
      this.#retry = setTimeout(() => this.#connect(), this.#retryMs)
      this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2)
    })
  }

  #setLink(state: Link['state']): void {
    if (this.#link.state === state) return
    this.#link = { state, since: this.#options.now() }
    for (const listener of this.#linkListeners) listener()
  }

  #hear(message: LiveEvent): void {
    if (message.event !== 'readings') return this.#options.onEvent(message)
    this.take(
      message.series.map((series, i) => ({
        series,
        at: message.at[i] ?? this.#options.now(),
        value: message.value[i] ?? null,
        quality: qualities[message.quality[i] ?? 1] ?? 'fault',
      })),
    )
  }

  #saySoon(): void {
    clearTimeout(this.#settle)
    this.#settle = setTimeout(() => this.#say(), settleMs)
  }

  #say(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    const isWatched = (listeners: ReadonlySet<() => void>) => !this.#hidden || [...listeners].some((one) => this.#unseen.has(one))
    const watched = [...this.#listeners].flatMap(([series, listeners]) => (isWatched(listeners) ? [series] : []))
    const watch = watched.sort((a, b) => a - b).slice(0, watchLimit)
    const words = watching(watch)
    if (words === this.#said) return
    this.#said = words
    this.#socket.send(words)
  }
}

function watching(series: readonly number[]): string {
  return JSON.stringify({ watch: series })
}
