import type { Failure } from '#shared/failures.ts'
import type { Database } from './database.ts'
import { storageFailure } from './disk.ts'
import type { Journal } from './journal.ts'
import { merge } from './merge.ts'
import { nextMerge, wholeLevel } from './months.ts'
import { rebuild } from './rebuild.ts'
import { seal } from './seal.ts'
import type { Sealed } from './sealed.ts'
import { thinNext, type Keep } from './thin.ts'

export type TidyOptions = {
  database: Database
  sealed: Sealed
  journal: Journal
  clock: () => number
  timeZone: string
  /** So many hot samples are sealed at once; fewer once a day. */
  sealRows: number
  /** The journal of what is sealed is kept so long, to make damaged files anew. */
  journalDays: number
}

const dayMs = 24 * 3_600_000
const lookMs = 60_000
const retryMs = 10 * 60_000

/** Seals what is hot, brings files together, lets go of what is not to be kept: one step after the other, beside everything else. */
export class Tidier {
  /** Why the last attempt failed; it is repeated. */
  failure: Failure | undefined
  keep: Keep = new Map()
  readonly #options: TidyOptions
  #running: Promise<void> = Promise.resolve()
  #busy = false
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #sealedAt: number
  #restedAt: number
  #rested = new Set<string>()

  constructor(options: TidyOptions) {
    this.#options = options
    this.#sealedAt = options.clock()
    this.#restedAt = options.clock()
  }

  /** Something came into the database. */
  wake(): void {
    if (this.#stopped || this.#busy || this.failure) return
    if (this.#due()) this.#attempt()
    else this.#later(lookMs)
  }

  /** Seals and brings everything together now. */
  async tidy(): Promise<void> {
    const run = this.#running.then(() => this.#run(true))
    this.#running = Promise.allSettled([run]).then(() => {})
    await run
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  /** Whether months are over since their files were brought together, or missing ones can be made, or much is hot, or for long. */
  #due(): boolean {
    const { database, sealed, sealRows, clock } = this.#options
    const { rows, sealing } = database.applied
    if (sealing !== null || rows >= sealRows || this.#rebuildable().length > 0) return true
    if (clock() - this.#restedAt >= dayMs) this.#rest(clock())
    return (rows > 0 && clock() - this.#sealedAt >= dayMs) || nextMerge(sealed.manifest.files, clock(), false, this.#rested) !== undefined
  }

  #rest(now: number): void {
    this.#rested.clear()
    this.#restedAt = now
  }

  #rebuildable() {
    const { sealed, journal } = this.#options
    return sealed.manifest.missing.filter(({ after }) => journal.reaches(after))
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.failure = undefined
      this.wake()
    }, ms).unref()
  }

  /** The failure is kept in `failure` for whoever asks. */
  #attempt(): void {
    this.#running = this.#running.then(() => Promise.allSettled([this.#run(false)])).then(() => {})
  }

  async #run(all: boolean): Promise<void> {
    if (this.#stopped) return
    this.#busy = true
    try {
      await this.#steps(all)
      this.failure = undefined
    } catch (error) {
      this.failure = storageFailure(error)
      throw this.failure
    } finally {
      this.#busy = false
      if (!this.#stopped) this.#later(this.failure ? retryMs : lookMs)
    }
  }

  async #steps(all: boolean): Promise<void> {
    const { database, sealed, journal, clock, sealRows, journalDays } = this.#options
    for (const entry of this.#rebuildable()) await rebuild(this.#options, entry)
    const { rows, sealing } = database.applied
    if (sealing !== null || (rows > 0 && (all || rows >= sealRows || clock() - this.#sealedAt >= dayMs))) {
      await seal(this.#options)
      this.#sealedAt = clock()
    }
    for (;;) {
      if (this.#stopped) return
      const next = nextMerge(sealed.manifest.files, clock(), all, this.#rested)
      if (!next) break
      if (next.level === wholeLevel) this.#rested.add(next.month)
      await merge(this.#options, next)
    }
    while (!this.#stopped && (await thinNext(this.#options, this.keep))) continue
    await journal.trim(sealed.manifest.through, clock() - journalDays * dayMs)
  }
}
