import { stat } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Failure } from '#shared/failures.ts'
import { closeFile, databasePath, openFile, putAside, type DatabaseOptions, type OpenFile } from './database-file.ts'
import { isMissing, storageFailure } from './disk.ts'
import { Gate } from './gate.ts'
import { beginSealing, endSealing, readApplied, type Applied } from './hot.ts'
import { append, readOn, type Query, type Reader } from './reader.ts'
import { widen, type Batch, type Span } from './rows.ts'
import { DamagedSealed, damagedFiles, loseFile } from './sealed.ts'

/** The database file is damaged in a place that opening did not touch. */
export class DamagedDatabase extends Error {
  /** How often the file had been replaced by then. */
  readonly replaced: number

  constructor(replaced: number, cause: unknown) {
    super(String(cause), { cause })
    this.replaced = replaced
  }
}

/** Each runs in one of the four threads that Node has for all files of the process; the journal must always find one. */
const parallelQueries = 2

/** `urgent` goes before all others, a `report` after them; `query` names it for `cancel`. */
export type Turn = { urgent?: boolean; report?: boolean; query?: string | undefined }

const damaged = /checksum|corrupt|deserializ|could not read enough|not a valid duckdb|block .* (out of range|not found)/i

/** The one owner of the database file. */
export class Database {
  readonly notices: string[] = []
  owner = ''
  applied: Applied = { sequence: 0, total: 0, first: null, last: null, rows: 0, base: 0, sealing: null, corrections: 0 }
  readonly #options: DatabaseOptions
  #file: Promise<OpenFile> | undefined
  readonly #queries = new Map<Query, Promise<unknown>>()
  #shutting: Promise<void> = Promise.resolve()
  #replacing: Promise<unknown> = Promise.resolve()
  readonly #gate = new Gate(parallelQueries)
  /** Wait for their turn. */
  readonly #asked = new Set<Query>()
  /** The writer's transactions, one after the other. */
  #writing: Promise<unknown> = Promise.resolve()
  #replaced = 0
  #closed = false

  private constructor(options: DatabaseOptions) {
    this.#options = options
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    const database = new Database(options)
    const file = await database.#opened()
    database.owner = file.owner
    return database
  }

  /** Up to this sequence everything is in sealed files. */
  get sealedThrough(): number {
    return this.#options.sealed.manifest.through
  }

  /** Bytes of the file and its log on disk. */
  async bytes(): Promise<number> {
    const path = databasePath(this.#options.folder)
    const sizes = await Promise.all([path, `${path}.wal`].map(sizeOf))
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  /** Opens the file if it is not open; from then on `applied` is what the file says. */
  async ready(): Promise<void> {
    await this.#opened()
  }

  /**
   * Stores the batches that follow `after` and that the journal is applied up to `upTo`, both or none. False when the file says
   * that something else than `after` is applied. After an error nobody knows, so the file is opened again before the next use.
   */
  async apply(after: number, batches: readonly Batch[], upTo: { sequence: number; total: number }): Promise<boolean> {
    return await this.#write(async ({ writer }) => {
      if (this.applied.sequence !== after) return false
      const next = advance(this.applied, batches, upTo)
      const corrections = batches.filter((batch) => batch.corrects)
      await writer.run('BEGIN')
      if (corrections.length < batches.length) {
        await append(writer, 'readings', 'main', corrections.length === 0 ? batches : batches.filter((batch) => !batch.corrects))
      }
      if (corrections.length > 0) await append(writer, 'corrections', 'main', corrections)
      const { sequence, total, first, last } = next
      const marks = `sequence = ${sequence}, total = ${total}, first_second = ${first}, last_second = ${last}`
      await writer.run(`UPDATE applied SET ${marks}, corrections = ${next.corrections}`)
      await writer.run('COMMIT')
      this.applied = next
      return true
    })
  }

  /** What is hot is being sealed from now on, and what comes lies elsewhere. */
  async beginSealing(): Promise<void> {
    await this.#write(async ({ writer }) => {
      await beginSealing(writer)
      this.applied = { ...this.applied, sealing: this.applied.base, base: this.applied.sequence }
    })
  }

  /** What was being sealed is in sealed files now; its hot rows go. */
  async endSealing(): Promise<void> {
    await this.#write(async ({ writer }) => {
      await endSealing(writer)
      this.applied = await readApplied(writer)
    })
  }

  /** Long work beside reading and writing, on a connection of its own. Throws `cancelled` when the database is closed meanwhile. */
  async beside<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const query: Query = { connection: undefined, stopped: false }
    return await this.#use(
      async ({ instance }) => {
        const connection = await instance.connect()
        query.connection = connection
        try {
          return await work(connection)
        } finally {
          connection.closeSync()
        }
      },
      query,
      broken,
    )
  }

  /** Runs a query on a state of its own, urgent ones first. Throws `cancelled` when the database is closed meanwhile. */
  async read<T>(work: (reader: Reader) => Promise<T>, { urgent = false, report = false, query: name }: Turn = {}): Promise<T> {
    const query: Query = { connection: undefined, stopped: false, name }
    this.#asked.add(query)
    return await this.#gate.pass(urgent ? 'urgent' : report ? 'report' : 'usual', async () => {
      this.#asked.delete(query)
      if (query.stopped) throw new Failure('cancelled')
      return await this.#use(({ instance }) => readOn(instance, this.#options.sealed, query, work), query, broken)
    })
  }

  /**
   * Puts aside what is damaged, and goes on without it; once for all who found the damage. Sealed files are told by their hash; when all of
   * them are well, the hot file is replaced by an empty one. Throws the damage when `refillable` says that nobody could fill that again.
   */
  async replace(damage: DamagedDatabase, refillable: boolean): Promise<void> {
    const replaced = this.#replacing.then(async () => {
      if (damage.replaced !== this.#replaced) return
      this.#replaced++
      this.#stopQueries()
      await this.#shut()
      const { sealed, clock } = this.#options
      const bad = await damagedFiles(sealed)
      for (const entry of bad) await loseFile(sealed, entry, clock)
      if (bad.length === 0 && !refillable) throw storageFailure(damage)
      if (bad.length === 0) await putAside(this.#options, this.notices)
      await this.#opened()
    })
    this.#replacing = Promise.allSettled([replaced])
    await replaced
  }

  /** Stops queries, writes everything into the main file and closes. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stopQueries()
    const [file] = await Promise.allSettled([this.#file, ...this.#queries.values()])
    if (file.status === 'fulfilled' && file.value) await Promise.allSettled([file.value.writer.run('CHECKPOINT')])
    await this.#shut()
  }

  /** One transaction of the writer. After an error nobody knows what is written, so the file is opened again. */
  async #write<T>(work: (file: OpenFile) => Promise<T>): Promise<T> {
    const written = this.#writing.then(() => this.#use(work, { connection: undefined, stopped: false }, () => true))
    this.#writing = Promise.allSettled([written])
    return await written
  }

  /** Keeps the file open while the work runs. Errors come out as Failure or DamagedDatabase. */
  async #use<T>(work: (file: OpenFile) => Promise<T>, query: Query, reopen: (error: unknown) => boolean): Promise<T> {
    const file = await this.#opened()
    const replaced = this.#replaced
    const result = work(file)
    this.#queries.set(query, Promise.allSettled([result]))
    try {
      return await result
    } catch (error) {
      if (reopen(error)) void this.#shut()
      throw translate(error, replaced)
    } finally {
      this.#queries.delete(query)
    }
  }

  #opened(): Promise<OpenFile> {
    if (this.#closed) throw new Failure('cancelled')
    this.#file ??= this.#open()
    return this.#file
  }

  async #open(): Promise<OpenFile> {
    await this.#shutting
    try {
      const file = await openFile({ ...this.#options, owner: this.owner || this.#options.owner }, this.notices)
      this.applied = file.applied
      return file
    } catch (error) {
      this.#file = undefined
      throw error instanceof DamagedSealed ? error : storageFailure(error)
    }
  }

  /** Closes the file when its queries have ended; the next use opens it again. */
  #shut(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    this.#shutting = this.#shutting.then(async () => {
      const [opened] = await Promise.allSettled([file])
      while (this.#queries.size > 0) await Promise.all(this.#queries.values())
      if (opened?.status === 'fulfilled' && opened.value) closeFile(opened.value)
    })
    return this.#shutting
  }

  /** Ends the questions of a name. */
  cancel(name: string): void {
    for (const query of this.#asked) if (query.name === name) query.stopped = true
    this.#stopQueries((query) => query.name === name)
  }

  #stopQueries(which: (query: Query) => boolean = () => true): void {
    for (const query of this.#queries.keys()) {
      if (!which(query)) continue
      query.stopped = true
      query.connection?.interrupt()
    }
  }
}

/** After such an error the engine answers nothing until it is opened again. */
function broken(error: unknown): boolean {
  return /fatal|invalidated|internal error/i.test(String(error))
}

function advance(applied: Applied, batches: readonly Batch[], upTo: { sequence: number; total: number }): Applied {
  let span: Span = applied
  let { rows, corrections } = applied
  for (const { second, corrects } of batches) {
    rows += second.length
    if (corrects) corrections += second.length
    span = widen(span, second)
  }
  return { ...applied, ...upTo, first: span.first, last: span.last, rows, corrections }
}

function translate(error: unknown, replaced: number): Error {
  const text = String(error)
  if (error instanceof Failure || error instanceof DamagedSealed) return error
  if (/interrupt/i.test(text)) return new Failure('cancelled', {}, { cause: error })
  return damaged.test(text) ? new DamagedDatabase(replaced, error) : storageFailure(error)
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}
