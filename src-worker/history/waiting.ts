import type { Journal } from './journal.ts'
import { rowBytes, type Batch } from './rows.ts'

/** Acknowledged batches after a given sequence, oldest first. */
export type Unapplied = (after: number) => AsyncGenerator<Batch>

/** Acknowledged batches that the database does not have yet. Beyond `limit` bytes they stay in the journal only. */
export class Waiting {
  /** Every acknowledged batch from this sequence on is in memory. */
  from: number
  readonly #journal: Journal
  readonly #limit: number
  #batches: Batch[] = []
  #bytes = 0

  constructor(journal: Journal, limit: number) {
    this.#journal = journal
    this.#limit = limit
    this.from = journal.last + 1
  }

  get rows(): number {
    return this.#bytes / rowBytes
  }

  add(batch: Batch): void {
    this.#batches.push(batch)
    this.#bytes += batch.series.length * rowBytes
    if (this.#bytes <= this.#limit) return
    this.from = batch.sequence + 1
    this.#batches = []
    this.#bytes = 0
  }

  /** Lets go of batches up to and including a sequence. */
  drop(sequence: number): void {
    this.from = Math.max(this.from, sequence + 1)
    this.#batches = this.#batches.filter((batch) => batch.sequence > sequence)
    this.#bytes = this.#batches.reduce((sum, batch) => sum + batch.series.length * rowBytes, 0)
  }

  /** What is acknowledged now, for reading later; what comes meanwhile is not in it. */
  capture(): Unapplied {
    const held = [...this.#batches]
    const from = this.from
    const journal = this.#journal
    return async function* unapplied(after) {
      if (after + 1 < from) {
        for await (const batch of journal.read(after + 1)) {
          if (batch.sequence >= from) break
          yield batch
        }
      }
      yield* held.filter((batch) => batch.sequence > after)
    }
  }
}
