import { qualities } from '#shared/reading.ts'
import type { LiveFeed } from './live.ts'

/** What came in of one series since it is recorded, oldest first; a row without a value and of good quality is a hole. */
export type Recorded = { at: number[]; value: (number | null)[]; quality: number[] }

const keptMs = 24 * 60 * 60_000
/** A day of readings every 10 s, and some air. */
const mostSamples = 9000
/** Dropping the oldest one by one would move the others each time. */
const droppedAtOnce = 500
/** Watched values are read every 10 s; further apart than this, and than three times the usual, nobody knows what was between. */
const holeMs = 60_000
const usualOf = 9

type Feed = Pick<LiveFeed, 'watch' | 'reading'>

/**
 * Remembers the readings of a few series for a day, whatever screen is open and also while nobody sees the page. Ends by itself when
 * nobody has looked at it for a day.
 */
export class Recorder {
  readonly #feed: Feed
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  readonly #kept = new Map<number, Recorded>()
  #stop: (() => void) | undefined
  #chosen: readonly number[] = []
  #lookedAt = 0
  #version = 0

  constructor(feed: Feed, now: () => number) {
    this.#feed = feed
    this.#now = now
  }

  get series(): readonly number[] {
    return [...this.#kept.keys()]
  }

  /** Those of the series that a person chose; others may go with them. */
  get chosen(): readonly number[] {
    return this.#chosen.filter((one) => this.#kept.has(one))
  }

  /** Grows with every reading that was kept. */
  version = (): number => this.#version

  /** Records exactly these series from now on. What was recorded of them stays, the rest is forgotten. */
  record(series: readonly number[], chosen = series): void {
    this.look()
    this.#chosen = chosen
    const wanted = [...new Set(series)]
    if (this.#stop && wanted.join() === this.series.join()) return
    for (const one of this.series) if (!wanted.includes(one)) this.#kept.delete(one)
    const before = new Map(this.#kept)
    this.#kept.clear()
    for (const one of wanted) this.#kept.set(one, before.get(one) ?? { at: [], value: [], quality: [] })
    this.#stop?.()
    this.#stop = wanted.length === 0 ? undefined : this.#feed.watch(wanted, this.#take, { unseen: true })
    this.#take()
  }

  /** Somebody sees what is recorded. */
  look(): void {
    this.#lookedAt = this.#now()
  }

  of(series: number): Readonly<Recorded> | undefined {
    return this.#kept.get(series)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take = (): void => {
    if (this.#listeners.size === 0 && this.#now() - this.#lookedAt > keptMs) {
      this.#stop?.()
      this.#stop = undefined
      this.#kept.clear()
      return
    }
    let grown = false
    for (const [series, recorded] of this.#kept) {
      const reading = this.#feed.reading(series)
      const last = recorded.at.at(-1) ?? Number.NEGATIVE_INFINITY
      if (!reading || reading.at <= last) continue
      if (reading.at - last > Math.max(holeMs, 3 * usual(recorded.at))) push(recorded, last + 1, null, 0)
      push(recorded, reading.at, reading.value, qualities.indexOf(reading.quality))
      trim(recorded, reading.at - keptMs)
      grown = true
    }
    if (!grown) return
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}

function push(recorded: Recorded, at: number, value: number | null, quality: number): void {
  recorded.at.push(at)
  recorded.value.push(value)
  recorded.quality.push(quality)
}

function trim({ at, value, quality }: Recorded, oldest: number): void {
  if (at.length < mostSamples && (at[droppedAtOnce] ?? Number.POSITIVE_INFINITY) > oldest) return
  for (const column of [at, value, quality]) column.splice(0, droppedAtOnce)
}

/** The usual distance of the last samples, ms; as long as nobody can tell, no distance is a hole. */
function usual(at: readonly number[]): number {
  const last = at.slice(-usualOf)
  if (last.length < 3) return Number.POSITIVE_INFINITY
  const distances = last.slice(1).map((one, i) => one - (last[i] ?? one))
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? Number.POSITIVE_INFINITY
}
