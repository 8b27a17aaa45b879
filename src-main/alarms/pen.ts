import type { Database } from '../database.ts'
import type { Log } from '../log.ts'
import type { Change } from './record.ts'

const againMs = 2000
/** What SQLite says when the disk refuses: the same can be written later. Anything else is a defect of what is written. */
const disk = /^SQLITE_(FULL|IOERR|READONLY|BUSY|LOCKED|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/
export const isOfDisk = (error: unknown): boolean => disk.test(String((error as { code?: unknown } | null)?.code))

/** Changes written in one transaction at most. */
const mostAtOnce = 500

type Waiting = { change: Change; written: () => void }

/**
 * Writes changes to disk before anybody sees them, in their order, many in one transaction. What cannot be written is tried again until
 * it can; it is seen meanwhile, since an alarm that nobody sees is worse than one that a stop would forget. A change that can never be written holds
 * no other up: it is seen, and said in the log.
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
      this.#running ??= this.#run()
    })
  }

  async #run(): Promise<void> {
    try {
      // All that one moment brings comes into one transaction.
      await new Promise((resolve) => setImmediate(resolve))
      let atOnce = mostAtOnce
      while (this.#waiting.length > 0) {
        const some = this.#waiting.slice(0, atOnce)
        const outcome = await this.#try(some)
        if (outcome === 'odd') atOnce = 1
        else if (outcome === 'refused') {
          if (this.#stopping) return
          await new Promise((resolve) => setTimeout(resolve, againMs))
        }
      }
    } finally {
      // In the same moment in which nothing waits any more, with no turn in between: what is put next begins anew.
      this.#running = null
    }
  }

  /** `odd`: one of several can never be written, so that each has to be tried by itself. */
  async #try(some: readonly Waiting[]): Promise<'written' | 'odd' | 'refused'> {
    const changes = some.map(({ change }) => change)
    try {
      await this.#transact(changes)
    } catch (error) {
      if (!isOfDisk(error)) {
        if (some.length > 1) return 'odd'
        const alarm = changes.map(({ condition }) => condition.key).join()
        this.#log.error('a change of an alarm can never be written', { alarm, error: String(error) })
        this.#end(some, false)
        return 'written'
      }
      if (!this.#failing) this.#log.error('alarms cannot be written', { error: String(error), waiting: this.#waiting.length })
      this.#failing = true
      this.#show(changes, false)
      return 'refused'
    }
    this.#failing = false
    this.#end(some, true)
    return 'written'
  }

  #end(some: readonly Waiting[], saved: boolean): void {
    this.#waiting.splice(0, some.length)
    this.#show(
      some.map(({ change }) => change),
      saved,
    )
    for (const { written } of some) written()
  }

  async #transact(changes: readonly Change[]): Promise<void> {
    let first: unknown
    try {
      await this.#database.transaction().execute(async (transaction) => {
        await this.#write(transaction, changes).catch((error: unknown) => {
          first = error
          throw error
        })
      })
    } catch (error) {
      // A full disk ends the transaction by itself, and taking it back then fails too, which would hide why.
      throw first ?? error
    }
  }

  /** Resolves when all is written, or could not be. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#running
  }
}
