import type { ReadingBatch } from '../reading.ts'

/** One series of an answer, as columns. `value` NaN = absent. `min`/`max` only where `at` stands for a bucket. */
export type StoredLine = {
  series: number
  at: Float64Array
  value: Float64Array
  quality: Uint8Array
  stored: number
  min: Float64Array | null
  max: Float64Array | null
}

export type HistoryStatus = {
  state: 'ready' | 'refilling' | 'failed'
  samples: number
  first: number | null
  last: number | null
  databaseBytes: number
  journalBytes: number
  waiting: number
  notice: string | null
}

/**
 * What the history worker answers; the contract that any engine behind it keeps (one conformance suite).
 * Announces `progress` { done, total } while it refills from the journal.
 */
export type HistoryPort = {
  /**
   * Opens or makes the store in a folder. Resolves when samples can be taken and asked for, also after a kill, a power cut
   * or a damaged database (which is kept aside and refilled). Rejects when another process owns the folder.
   */
  open(input: { folder: string; memoryMb: number; threads: number }): HistoryStatus
  /**
   * Stores samples. Resolves only when they are on disk: from then on no kill and no power cut loses them. A sample with the
   * same series and second as a stored one is dropped (counted in `dropped`). Rejects with storage.full or storage.failed.
   */
  append(input: ReadingBatch): { stored: number; dropped: number }
  /** Samples with from <= at < to, oldest first; reduced to about `width` buckets with min and max when there are more. */
  chart(input: { series: number[]; from: number; to: number; width: number }): StoredLine[]
  /** Samples of one series as they are, oldest first, at most `limit`. */
  readings(input: { series: number; from: number; to: number; limit: number }): StoredLine
  /** The newest sample of every series that has one. */
  latest(input: Record<string, never>): ReadingBatch
  status(input: Record<string, never>): HistoryStatus
  /** Writes what waits, makes a checkpoint and closes. */
  close(input: Record<string, never>): void
}
