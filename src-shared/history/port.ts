import type { ReadingBatch } from '../reading.ts'
import type { Step } from './step.ts'

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

/**
 * Series summed up over buckets of time, as columns of one length, by series and time; a bucket without samples has no row. `at` is the first
 * moment of the bucket (UTC ms), `count` its samples, `absent` those of them without a value that counts (no value, or quality fault, offline or
 * stale). `mean` is the arithmetic mean. `firstAt`/`first` and `lastAt`/`last` are its outermost samples that count (NaN without any).
 * `increase` is the sum of all steps up between samples that count, within the bucket only: what lies between two buckets is `first` of the
 * later minus `last` of the earlier. `drops` counts steps down: then `increase` alone does not say what a register has counted. `leap` is
 * the largest step up.
 */
export type BucketColumns = {
  at: Float64Array
  count: Uint32Array
  absent: Uint32Array
  min: Float64Array
  max: Float64Array
  mean: Float64Array
  firstAt: Float64Array
  first: Float64Array
  lastAt: Float64Array
  last: Float64Array
  increase: Float64Array
  drops: Uint32Array
  leap: Float64Array
}

/** The buckets of one series. */
export type Buckets = BucketColumns & { series: number }

/** The buckets of many series, each row with its own. */
export type BucketTable = BucketColumns & { series: Uint32Array }

/** Stretches of a series without a sample that counts, UTC ms of the samples around them (or the ends of what was asked for). */
export type Gaps = { series: number; from: Float64Array; to: Float64Array }

/** How the samples of a series are kept. `register`: it only counts up, so its days are kept apart. `keepDays` 0: for ever. */
export type Keeping = { series: Uint32Array; register: Uint8Array; keepDays: Uint32Array }

/** `level` 0 comes from the hot tables; several small files of a level become one of the next. A whole month in one file is 9. */
export type SealedFile = { name: string; month: string; level: number; rows: number; bytes: number }

export type HistoryStatus = {
  state: 'ready' | 'refilling' | 'failed'
  samples: number
  first: number | null
  last: number | null
  databaseBytes: number
  journalBytes: number
  waiting: number
  notice: string | null
  /** Immutable files, sorted by series and time, of one UTC month each. */
  sealed: SealedFile[]
  /** Samples in the database that are not in such a file yet. */
  hot: number
}

/** A file of the store, its path below the store's folder with `/`. */
export type HeldFile = { path: string; bytes: number; sha256: string }

/**
 * Files that stay as they are until `release`, below `folder` by the paths they have in the store: everything of which `samples` samples
 * (the newest of `last`, UTC ms) can be had again in an empty folder. `manifest`: which of the files lists the sealed ones. Of a file of the journal
 * only the first `bytes` count. `owner` names the store.
 */
export type Hold = {
  id: string
  folder: string
  manifest: string | null
  files: HeldFile[]
  journal: { path: string; bytes: number }[]
  owner: string
  samples: number
  last: number | null
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
  open(input: { folder: string; memoryMb: number; threads: number; timeZone?: string }): HistoryStatus
  /**
   * Stores samples. Resolves only when they are on disk: from then on no kill and no power cut loses them. A sample with the
   * same series and second as a stored one is dropped (counted in `dropped`). Rejects with storage.full or storage.failed.
   */
  append(input: ReadingBatch): { stored: number; dropped: number }
  /** As append, but a sample takes the place of a stored one with its series and second. The journal keeps both. */
  correct(input: ReadingBatch): { stored: number; replaced: number }
  /** Says how series are kept; what is not named is kept for ever. Takes effect when months are tidied. */
  keep(input: Keeping): void
  /** Seals what is hot and brings the files of each month together, as it happens by itself in good time. */
  tidy(input: Record<string, never>): void
  /** Samples with from <= at < to, oldest first; reduced to about `width` buckets with min and max when there are more. */
  chart(input: { series: number[]; from: number; to: number; width: number; query?: string }): StoredLine[]
  /** Samples of one series as they are, oldest first, at most `limit`. */
  readings(input: { series: number; from: number; to: number; limit: number; query?: string }): StoredLine
  /** Every sample of each series as it is, oldest first, for reports; charts go first. The caller keeps series times samples small. */
  samples(input: { series: number[]; from: number; to: number; query?: string }): StoredLine[]
  /**
   * Sums up each series over the buckets that from <= at < to touches, each as a whole; local calendar of the time zone given at opening. Reads rollups
   * where they say the same. `query` names the question for `cancel`; `report` lets charts go first.
   */
  aggregate(input: { series: number[]; from: number; to: number; step: Exclude<Step, 'raw'>; query?: string; report?: boolean }): Buckets[]
  /** The same as one table, for many series: a thousand meters over a year, or a month of all points. */
  sums(input: { series: number[]; from: number; to: number; step: Exclude<Step, 'raw'>; query?: string; report?: boolean }): BucketTable
  /** Where samples that count lie further apart than `everyMs`. */
  gaps(input: { series: number[]; from: number; to: number; everyMs: number; query?: string }): Gaps[]
  /** Ends the questions of this name with `cancelled`. */
  cancel(input: { query: string }): void
  /** The newest sample of every series that has one. */
  latest(input: Record<string, never>): ReadingBatch
  status(input: Record<string, never>): HistoryStatus
  /** Keeps the files that hold every sample acknowledged so far, for copying them while the store goes on. */
  hold(input: Record<string, never>): Hold
  /** Lets go of them. Throws `notFound` for an id that is not held. */
  release(input: { id: string }): void
  /** Writes what waits, makes a checkpoint and closes. */
  close(input: Record<string, never>): void
}
