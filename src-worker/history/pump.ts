import type { Failure } from '#shared/failures.ts'
import { DamagedDatabase, type Database } from './database.ts'
import { storageFailure } from './disk.ts'
import type { Journal } from './journal.ts'
import type { Batch } from './rows.ts'
import type { Waiting } from './waiting.ts'

export type PumpOptions = {
  journal: Journal
  database: Database
  waiting: Waiting
  /** At least this many samples go in together, if there are so many. */
  groupRows: number
  onProgress: () => void
}

const restMs = 1000
const retryMs = 5000
const eagerRows = 50_000

/** Brings acknowledged batches into the database: after a second, or when many wait, or when asked. */
export class Pump {
  /** Why the last attempt failed; it is repeated. */
  failure: Failure | undefined
  readonly #options: PumpOptions
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: PumpOptions) {
    this.#options = options
  }

  wake(): void {
    if (this.#stopped || this.#running) return
    if (this.#options.waiting.rows >= eagerRows && !this.failure) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#attempt()
    } else this.#timer ??= setTimeout(() => this.#attempt(), this.failure ? retryMs : restMs)
  }

  /** Resolves when everything acknowledged so far is in the database. */
  async flush(): Promise<void> {
    await (this.#running ??= this.#run())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await Promise.allSettled([this.#running])
  }

  /** The failure is kept in `failure` for whoever asks. */
  #attempt(): void {
    this.#timer = undefined
    void Promise.allSettled([this.flush()])
  }

  async #run(): Promise<void> {
    const { journal, database } = this.#options
    try {
      await this.#catchUp().catch(async (error: unknown) => {
        if (!(error instanceof DamagedDatabase)) throw error
        await database.replace(error, journal.reaches(database.sealedThrough))
        await this.#catchUp()
      })
      this.failure = undefined
    } catch (error) {
      this.failure = storageFailure(error)
      throw this.failure
    } finally {
      this.#running = undefined
      if (database.applied.sequence < journal.last) this.wake()
    }
  }

  async #catchUp(): Promise<void> {
    const { journal, database } = this.#options
    await database.ready()
    while (!this.#stopped && database.applied.sequence < journal.last) await this.#pass()
  }

  async #pass(): Promise<void> {
    const { journal, database, waiting } = this.#options
    const end = { sequence: journal.last, total: journal.total }
    let applied = database.applied.sequence
    let group: Batch[] = []
    let rows = 0
    const apply = async (upTo: { sequence: number; total: number }) => {
      const done = await database.apply(applied, group, upTo)
      if (!done) return false
      applied = upTo.sequence
      waiting.drop(applied)
      group = []
      rows = 0
      this.#options.onProgress()
      return true
    }
    for await (const batch of waiting.capture()(applied)) {
      group.push(batch)
      rows += batch.series.length
      if (rows >= this.#options.groupRows && (this.#stopped || !(await apply(batch)))) return
    }
    // Also when the last of them can no longer be read: what is unreadable must not be waited for.
    if (applied < end.sequence) await apply(end)
  }
}
