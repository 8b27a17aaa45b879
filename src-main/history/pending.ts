import type { ReadingBatch } from '#shared/reading.ts'
import { Failure } from '#shared/failures.ts'
import type { Log } from '../log.ts'

type Waiting = { batch: ReadingBatch; settle: ((failure: Failure | null) => void) | undefined }
type Append = (batch: ReadingBatch) => Promise<{ stored: number; dropped: number }>

/** About 1 GiB of samples at 21 bytes: a week of 1,000 devices. Beyond it the oldest go, counted and told. */
const mostRows = 50_000_000
const retryMs = 2000

/** Samples on their way to the history thread, in order, kept until it has said that they are on disk. */
export class Pending {
  readonly #append: Append
  readonly #log: Log
  #batches: Waiting[] = []
  #rows = 0
  #lost = 0
  #running: Promise<void> | undefined
  #notice: string | null = null
  #stopped = false

  constructor(append: Append, log: Log) {
    this.#append = append
    this.#log = log
  }

  get rows(): number {
    return this.#rows
  }

  /** Why samples wait, when they do. */
  get notice(): string | null {
    return this.#notice
  }

  put(batch: ReadingBatch, settle?: Waiting['settle']): void {
    if (batch.series.length === 0) return settle?.(null)
    this.#batches.push({ batch, settle })
    this.#rows += batch.series.length
    while (this.#rows > mostRows && this.#batches.length > 1) this.#lose()
    this.#running ??= this.#run()
  }

  /** Resolves when the batch is on disk. Rejects with the Failure when it never will be. */
  stored(batch: ReadingBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.put(batch, (failure) => (failure ? reject(failure) : resolve()))
    })
  }

  /** Resolves when nothing waits any more, or storing has failed. */
  async drain(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#batches.length > 0) {
      const first = this.#batches[0] as Waiting
      const { batch } = first
      try {
        await this.#append(batch)
        this.#batches.shift()
        this.#rows -= batch.series.length
        first.settle?.(null)
        if (this.#notice !== null) this.#log.info('samples are stored again', { waiting: this.#rows })
        this.#notice = null
      } catch (error) {
        const reason = error instanceof Failure ? error.code : String(error)
        if (error instanceof Failure && error.code === 'input.invalid') {
          this.#refuse(first, error)
          continue
        }
        if (this.#notice !== reason) this.#log.error('samples wait in memory', { reason, waiting: this.#rows })
        this.#notice = reason
        if (this.#stopped) break
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
    this.#running = undefined
  }

  /** A batch that no store can take must not hold up those behind it. */
  #refuse({ batch, settle }: Waiting, error: Failure): void {
    this.#batches.shift()
    settle?.(error)
    this.#rows -= batch.series.length
    this.#log.error('samples that make no sense were not stored', { rows: batch.series.length, reason: JSON.stringify(error.params) })
  }

  #lose(): void {
    const oldest = this.#batches.splice(1, 1)[0]
    this.#rows -= oldest?.batch.series.length ?? 0
    this.#lost += oldest?.batch.series.length ?? 0
    oldest?.settle?.(new Failure('storage.failed'))
    this.#log.error('memory for waiting samples is full, the oldest are gone', { lost: this.#lost })
  }
}
