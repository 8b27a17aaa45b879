import { Failure } from '#shared/failures.ts'
import type { HistoryStatus, Hold, Keeping } from '#shared/history/port.ts'
import type { ReadingBatch } from '#shared/reading.ts'
import { DamagedDatabase } from './database.ts'
import { replaceFile, storageFailure } from './disk.ts'
import { Holds } from './hold.ts'
import { Ledger } from './ledger.ts'
import type { Range } from './lines.ts'
import { textOf } from './manifest.ts'
import { Pump } from './pump.ts'
import { Questions } from './questions.ts'
import { emptyRows, toRows, widen, type Batch, type Span } from './rows.ts'
import { Tidier } from './tidy.ts'
import { latestPath, openParts, type Parts, type StoreOptions } from './start.ts'
import { Waiting, type Unapplied } from './waiting.ts'

const seriesLimit = 2 ** 31

/** Journal and database of one folder as one store. Queries see every acknowledged sample, wherever it is by then. */
export class Store {
  readonly questions: Questions
  readonly #options: StoreOptions
  readonly #parts: Parts
  readonly #waiting: Waiting
  readonly #ledger: Ledger
  readonly #pump: Pump
  readonly #tidier: Tidier
  readonly #holds: Holds
  #turn: Promise<unknown> = Promise.resolve()
  #saving: Promise<unknown> = Promise.resolve()
  #unsavedRows = 0
  /** Of what came since the opening. */
  #span: Span = { first: null, last: null }
  #refill: { from: number; to: number } | undefined
  #closed = false

  private constructor(options: StoreOptions, parts: Parts) {
    const { journal, database, sealed, latest } = parts
    this.#options = options
    this.#parts = parts
    this.#waiting = new Waiting(journal, options.waitingBytes)
    this.#ledger = new Ledger(database, this.#waiting, latest)
    this.#holds = new Holds(options.folder)
    const { groupRows } = options
    this.questions = new Questions(parts, options.timeZone, (range, work) => this.#query(range, work))
    const { clock, timeZone, sealRows, journalDays } = options
    this.#tidier = new Tidier({ database, sealed, journal, clock, timeZone, sealRows, journalDays })
    const onProgress = () => {
      this.#tellProgress()
      this.#tidier.wake()
    }
    this.#pump = new Pump({ journal, database, waiting: this.#waiting, groupRows, onProgress })
    journal.listen({ acknowledged: (batch) => this.#acknowledged(batch), rejected: () => this.#ledger.rejected() })
  }

  /** Resolves when samples can be taken and asked for. Throws `conflict` when the folder has another owner. */
  static async open(options: StoreOptions): Promise<Store> {
    const store = new Store(options, await openParts(options))
    // What is left over only takes space; the next opening tries again.
    await Promise.allSettled([store.#holds.clear()])
    const { journal, database } = store.#parts
    store.#tellProgress()
    const flushed = Promise.allSettled([store.#pump.flush()])
    if (journal.total - database.applied.total <= options.promptRows) await flushed
    store.#tidier.wake()
    return store
  }

  /** As HistoryPort.append. Samples older than stored ones are looked up, also in the journal while the database is being filled. */
  async append(batch: ReadingBatch): Promise<{ stored: number; dropped: number }> {
    const rows = toRows(batch)
    const { stored, written } = await this.#inTurn(async () => {
      this.#assertOpen()
      const fresh = await this.#repaired(() => this.#ledger.admit(rows))
      return { stored: fresh.series.length, written: this.#parts.journal.append(fresh) }
    })
    await written
    return { stored, dropped: rows.series.length - stored }
  }

  /** As HistoryPort.correct. */
  async correct(batch: ReadingBatch): Promise<{ stored: number; replaced: number }> {
    const rows = toRows(batch)
    const { admitted, written } = await this.#inTurn(async () => {
      this.#assertOpen()
      const found = await this.#repaired(() => this.#ledger.admitCorrections(rows))
      return { admitted: found, written: this.#parts.journal.append(found.rows, true) }
    })
    await written
    return { stored: admitted.rows.series.length, replaced: admitted.replaced }
  }

  /** As HistoryPort.keep. */
  keep({ series, register, keepDays }: Keeping): void {
    this.#parts.sealed.registers = new Set(series.filter((_, i) => register[i] === 1))
    const limited = [...series].map((number, i): [number, number] => [number, keepDays[i] as number]).filter(([, days]) => days > 0)
    this.#tidier.keep = new Map(limited)
  }

  /** As HistoryPort.tidy. */
  async tidy(): Promise<void> {
    this.#assertOpen()
    await this.#pump.flush()
    await this.#tidier.tidy()
  }

  latest(): ReadingBatch {
    this.#assertOpen()
    return this.#parts.latest.toBatch()
  }

  async status(): Promise<HistoryStatus> {
    this.#assertOpen()
    const { journal, database, sealed } = this.#parts
    const { files, missing } = sealed.manifest
    const waiting = journal.total - database.applied.total
    const { first, last } = widen(this.#span, Uint32Array.from([database.applied.first, database.applied.last].filter((at) => at !== null)))
    return {
      state: this.#pump.failure ? 'failed' : this.#behind || missing.some(({ after }) => journal.reaches(after)) ? 'refilling' : 'ready',
      samples: sumOf(files.map(({ rows }) => rows)) + database.applied.rows + waiting,
      first: first === null ? null : first * 1000,
      last: last === null ? null : last * 1000,
      databaseBytes: (await database.bytes()) + sumOf(files.map(({ bytes }) => bytes)),
      journalBytes: journal.bytes,
      waiting,
      notice: this.#notice(),
      sealed: files.map(({ name, month, level, rows, bytes }) => ({ name, month, level, rows, bytes })),
      hot: database.applied.rows,
    }
  }

  /** As HistoryPort.hold. No sample is under way meanwhile, so that files and numbers say the same. */
  async hold(): Promise<Hold> {
    const { journal, database, sealed } = this.#parts
    return await this.#inTurn(async () => {
      this.#assertOpen()
      await journal.append(emptyRows(0))
      // From here on no file that is in the list goes before it has its second name.
      const leave = sealed.enter()
      const { manifest } = sealed
      const { files, through } = manifest
      const { last } = widen(this.#span, Uint32Array.from(database.applied.last === null ? [] : [database.applied.last]))
      const samples = sumOf(files.map(({ rows }) => rows)) + database.applied.rows + journal.total - database.applied.total
      const held = {
        manifest: manifest.generation === 0 ? null : { path: 'sealed/manifest', text: textOf(manifest) },
        files: files.map(({ name, bytes, sha256 }) => ({ path: `sealed/${name}`, bytes, sha256 })),
        journal: journal.segmentsBehind(through).map((segment) => ({ ...segment })),
        owner: database.owner,
        samples,
      }
      try {
        return await this.#holds.take({ ...held, last: last === null ? null : last * 1000 })
      } catch (error) {
        throw storageFailure(error)
      } finally {
        leave()
      }
    })
  }

  /** As HistoryPort.release. */
  async release(id: string): Promise<void> {
    await this.#holds.release(id)
  }

  /** Writes what waits, makes a checkpoint and closes. What could not be written stays in the journal for the next opening. */
  async close(): Promise<void> {
    this.#assertOpen()
    this.#closed = true
    const { lock, journal, database } = this.#parts
    await this.#turn
    await this.#tidier.stop()
    if (this.#behind) await this.#pump.stop()
    await journal.close()
    if (!this.#behind) await Promise.allSettled([this.#pump.flush()])
    await this.#pump.stop()
    await database.close()
    await this.#saving
    this.#saveLatest(journal.last)
    await this.#saving
    await lock.release()
  }

  /** Whether the database lacks batches that are no longer in memory. */
  get #behind(): boolean {
    return this.#parts.database.applied.sequence + 1 < this.#waiting.from
  }

  #acknowledged(batch: Batch): void {
    this.#ledger.acknowledged()
    this.#waiting.add(batch)
    this.#parts.latest.take(batch)
    this.#span = widen(this.#span, batch.second)
    this.#pump.wake()
    this.#unsavedRows += batch.series.length
    if (this.#unsavedRows >= this.#options.latestRows) this.#saveLatest(batch.sequence)
  }

  /** Only a shortcut for the next opening, which reads more of the journal without it: an error here does no harm. */
  #saveLatest(sequence: number): void {
    this.#unsavedRows = 0
    const { latest, database } = this.#parts
    const bytes = latest.encode(database.owner, sequence)
    this.#saving = this.#saving.then(() => Promise.allSettled([replaceFile(latestPath(this.#options.folder), bytes)]))
  }

  async #query<T>(range: Range, work: (unapplied: Unapplied) => Promise<T>): Promise<T> {
    this.#assertOpen()
    assertRange(range)
    return await this.#repaired(async () => {
      if (this.#behind && !this.#pump.failure) await Promise.allSettled([this.#pump.flush()])
      this.#assertOpen()
      return await work(this.#waiting.capture())
    })
  }

  /** A damaged database is put aside, and the work is done again on what the journal has. */
  async #repaired<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof DamagedDatabase)) throw error
      const { journal, database } = this.#parts
      await database.replace(error, journal.reaches(database.sealedThrough))
      this.#tellProgress()
      return await this.#repaired(work)
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = Promise.allSettled([result])
    return await result
  }

  #assertOpen(): void {
    if (this.#closed) throw new Failure('cancelled')
  }

  #tellProgress(): void {
    const at = this.#parts.database.applied.sequence
    if (this.#behind) this.#refill ??= { from: at, to: this.#waiting.from - 1 }
    if (!this.#refill) return
    const { from, to } = this.#refill
    this.#options.onProgress({ done: Math.min(at, to) - from, total: to - from })
    if (at >= to) this.#refill = undefined
  }

  #notice(): string | null {
    const { journal, database, sealed } = this.#parts
    const notices = [...database.notices, ...sealed.notices]
    if (journal.damages.size > 0) notices.push(`${journal.damages.size} damaged place(s) in the journal were passed over`)
    if (this.#pump.failure) notices.push(`The database cannot be written (${this.#pump.failure.message}); samples are safe in the journal`)
    const lost = sealed.manifest.missing.filter(({ after }) => !journal.reaches(after))
    if (lost.length > 0) notices.push(`Readings of ${lost.map(({ month }) => month).join(', ')} are missing until a backup is restored`)
    if (this.#tidier.failure) notices.push(`Months cannot be brought together (${this.#tidier.failure.message})`)
    if (journal.packFailure) notices.push(`The journal cannot be packed (${journal.packFailure})`)
    return notices.length > 0 ? notices.join('. ') : null
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function assertRange({ series, from, to }: Range): void {
  if (series.length === 0 || !series.every((number) => Number.isInteger(number) && number >= 0 && number < seriesLimit)) {
    throw new Failure('input.invalid', { field: 'series' })
  }
  if (Number.isNaN(from) || Number.isNaN(to)) throw new Failure('input.invalid', { field: 'from' })
}
