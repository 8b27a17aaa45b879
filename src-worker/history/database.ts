import { stat } from 'node:fs/promises'
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api'
import { Failure } from '#shared/failures.ts'
import { appendRows } from './columns.ts'
import { closeFile, databasePath, openFile, putAside, type Applied, type DatabaseOptions, type OpenFile } from './database-file.ts'
import { isMissing, storageFailure } from './disk.ts'
import { Gate } from './gate.ts'
import { widen, type Batch, type Rows, type Span } from './rows.ts'

/** The database file is damaged in a place that opening did not touch. */
export class DamagedDatabase extends Error {
  /** How often the file had been replaced by then. */
  readonly replaced: number

  constructor(replaced: number, cause: unknown) {
    super(String(cause), { cause })
    this.replaced = replaced
  }
}

/** What one query sees: the state after batch `sequence`, whatever is written meanwhile. */
export type Reader = {
  sequence: number
  /** Result chunks in order; a chunk is valid only during the call. */
  chunks(sql: string, take: (chunk: DuckDBDataChunk) => void): Promise<void>
  /** Makes the temporary table `name` with these rows. */
  table(name: string, rows: Rows): Promise<void>
}

/** Each runs in one of the four threads that Node has for all files of the process; the journal must always find one. */
const parallelQueries = 2

type Query = { connection: DuckDBConnection | undefined; stopped: boolean; name?: string | undefined }

/** `urgent` goes before all others, a `report` after them; `query` names it for `cancel`. */
export type Turn = { urgent?: boolean; report?: boolean; query?: string | undefined }

const damaged = /checksum|corrupt|deserializ|could not read enough|not a valid duckdb|block .* (out of range|not found)/i

/** The one owner of the database file. */
export class Database {
  readonly notices: string[] = []
  owner = ''
  applied: Applied = { sequence: 0, total: 0, first: null, last: null, rows: 0 }
  readonly #options: DatabaseOptions
  #file: Promise<OpenFile> | undefined
  readonly #queries = new Map<Query, Promise<unknown>>()
  #shutting: Promise<void> = Promise.resolve()
  #replacing: Promise<unknown> = Promise.resolve()
  readonly #gate = new Gate(parallelQueries)
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
    return await this.#use(
      async ({ writer }) => {
        if (this.applied.sequence !== after) return false
        const next = advance(this.applied, batches, upTo)
        await writer.run('BEGIN')
        await append(writer, 'readings', 'main', batches)
        const { sequence, total, first, last } = next
        await writer.run(`UPDATE applied SET sequence = ${sequence}, total = ${total}, first_second = ${first}, last_second = ${last}`)
        await writer.run('COMMIT')
        this.applied = next
        return true
      },
      { connection: undefined, stopped: false },
      () => true,
    )
  }

  /** Runs a query on a state of its own, urgent ones first. Throws `cancelled` when the database is closed meanwhile. */
  async read<T>(work: (reader: Reader) => Promise<T>, { urgent = false, query: name }: Turn = {}): Promise<T> {
    // After such an error the engine answers nothing until it is opened again.
    const reopen = (error: unknown) => /fatal|invalidated|internal error/i.test(String(error))
    return await this.#gate.pass(urgent, async () => {
      const query: Query = { connection: undefined, stopped: false, name }
      return await this.#use(({ instance }) => readOn(instance, query, work), query, reopen)
    })
  }

  /** Puts a damaged file aside and goes on with a new, empty one; once for all who found the damage. */
  async replace(damage: DamagedDatabase): Promise<void> {
    const replaced = this.#replacing.then(async () => {
      if (damage.replaced !== this.#replaced) return
      this.#replaced++
      this.#stopQueries()
      await this.#shut()
      await putAside(this.#options, this.notices)
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
      throw storageFailure(error)
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

async function readOn<T>(instance: DuckDBInstance, query: Query, work: (reader: Reader) => Promise<T>): Promise<T> {
  const connection = await instance.connect()
  query.connection = connection
  try {
    await connection.run('BEGIN')
    const rows = await (await connection.run('SELECT sequence FROM applied')).getRows()
    return await work({
      sequence: Number(rows[0]?.[0]),
      chunks: async (sql, take) => {
        const result = await connection.stream(sql)
        try {
          await eachChunk(result, (chunk) => {
            if (query.stopped) throw new Failure('cancelled')
            take(chunk)
          })
        } catch (error) {
          // A result that is left before its end would keep the file open.
          connection.interrupt()
          await Promise.allSettled([eachChunk(result, () => {})])
          throw error
        }
      },
      table: async (name, rows) => {
        await connection.run(`CREATE TEMP TABLE ${name}(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)`)
        await append(connection, name, 'temp', [rows])
      },
    })
  } finally {
    connection.closeSync()
  }
}

async function eachChunk(result: DuckDBResult, take: (chunk: DuckDBDataChunk) => void): Promise<void> {
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) take(chunk)
}

/** An appender left open would write its rows later, outside of the transaction. */
async function append(connection: DuckDBConnection, table: string, place: 'main' | 'temp', parts: readonly Rows[]): Promise<void> {
  const appender = await connection.createAppender(table, 'main', place === 'temp' ? 'temp' : null)
  try {
    for (const rows of parts) appendRows(appender, rows)
    appender.closeSync()
  } catch (error) {
    appender.clear()
    throw error
  }
}

function advance(applied: Applied, batches: readonly Batch[], upTo: { sequence: number; total: number }): Applied {
  let span: Span = applied
  let { rows } = applied
  for (const { second } of batches) {
    rows += second.length
    span = widen(span, second)
  }
  return { ...upTo, first: span.first, last: span.last, rows }
}

function translate(error: unknown, replaced: number): Error {
  const text = String(error)
  if (error instanceof Failure) return error
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
