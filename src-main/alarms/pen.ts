import type { Database } from '../database.ts'
import type { Log } from '../log.ts'
import type { Change } from './record.ts'

const againMs = 2000
/** Changes written in one transaction at most. */
const mostAtOnce = 500

type Waiting = { change: Change; written: () => void }

/**
 * Writes changes to disk before anybody sees them, in their order, many in one transaction. What cannot be written is tried again until
 * it can; it is seen meanwhile, since an alarm that nobody sees is worse than one that a stop would forget.
 */
export class Pen {
  readonly #database: Database
  readonly #log: Log
  readonly #write: (transaction: Database, changes: readonly Change[]) => Promise<void>
  readonly #show: (changes: readonly Change[], saved: boolean) => void
  #waiting: Waiting[] = []
  #running: Promise<void> | null = null
  #failing = false
  #stopping = false

  constructor(
    host: { database: Database; log: Log },
    write: (transaction: Database, changes: readonly Change[]) => Promise<void>,
    show: (changes: readonly Change[], saved: boolean) => void,
  ) {
    this.#database = host.database
    this.#log = host.log
    this.#write = write
    this.#show = show
  }

  /** Nothing could be written when it was last tried. */
  get failing(): boolean {
    return this.#failing
  }

  /** Changes that are not on disk yet. */
  get unsaved(): number {
    return this.#failing ? this.#waiting.length : 0
  }

  /** Resolves when the changes are on disk. */
  put(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const written = () => resolve()
      changes.forEach((change, i) => this.#waiting.push({ change, written: i === changes.length - 1 ? written : () => undefined }))
      this.#running ??= this.#run().finally(() => (this.#running = null))
    })
  }

  async #run(): Promise<void> {
    // All that one moment brings comes into one transaction.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const some = this.#waiting.slice(0, mostAtOnce)
      const changes = some.map(({ change }) => change)
      try {
        await this.#database.transaction().execute((transaction) => this.#write(transaction, changes))
      } catch (error) {
        if (!this.#failing) this.#log.error('alarms cannot be written', { error: String(error), waiting: this.#waiting.length })
        this.#failing = true
        this.#show(changes, false)
        if (this.#stopping) return
        await new Promise((resolve) => setTimeout(resolve, againMs))
        continue
      }
      this.#failing = false
      this.#waiting.splice(0, some.length)
      this.#show(changes, true)
      for (const { written } of some) written()
    }
  }

  /** Resolves when all is written, or could not be. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#running
  }
}
