import { mkdir, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { DamagedDatabase, Database } from './database.ts'
import { isMissing, storageFailure } from './disk.ts'
import { Journal } from './journal.ts'
import { Latest } from './latest.ts'
import { FolderLock } from './lock.ts'
import { readNewest } from './newest.ts'
import type { Sealed } from './sealed.ts'
import { openOn, openSealed } from './sealed-start.ts'

export type StoreOptions = {
  folder: string
  memoryMb: number
  threads: number
  /** Where days and months begin and end. */
  timeZone: string
  clock: () => number
  /** Told while the database is filled from the journal: batches done and in all. */
  onProgress: (progress: { done: number; total: number }) => void
  /** A journal segment of this size is closed and packed. */
  segmentBytes: number
  /** Samples beyond this size wait in the journal only. */
  waitingBytes: number
  /** After this many samples the newest of every series are written aside, so that opening needs no look at all of them. */
  latestRows: number
  /** Up to this many samples are brought into the database before opening is done; more are brought in afterwards. */
  promptRows: number
  /** At least this many samples go into the database in one transaction, if there are so many. */
  groupRows: number
  /** So many samples that are not sealed yet are sealed at once; fewer once a day. */
  sealRows: number
  /** The journal of what is sealed is kept so many days, to make damaged files anew. */
  journalDays: number
  /** Puts a journal file on disk. */
  sync: (handle: FileHandle) => Promise<void>
}

export const defaults = {
  segmentBytes: 16 * 1024 * 1024,
  waitingBytes: 64 * 1024 * 1024,
  latestRows: 1_000_000,
  promptRows: 2_000_000,
  groupRows: 200_000,
  sealRows: 1_000_000,
  journalDays: 90,
  sync: (handle: FileHandle) => handle.datasync(),
}

export type Parts = { lock: FolderLock; journal: Journal; database: Database; sealed: Sealed; latest: Latest }

/** Opens the files of a store, with its folder for itself. The lock comes first, the database's own second, writing last. */
export async function openParts(options: StoreOptions): Promise<Parts> {
  const lock = await takeFolder(options).catch((error: unknown) => {
    throw storageFailure(error)
  })
  let database: Database | undefined
  try {
    const journal = await Journal.open({ folder: join(options.folder, 'journal'), segmentBytes: options.segmentBytes, sync: options.sync })
    const sealed = await openSealed(options, journal)
    database = await openOn(options, journal, sealed)
    journal.continueAfter(database.owner, database.applied)
    return { lock, journal, database, sealed, latest: await findLatest(options.folder, journal, database) }
  } catch (error) {
    await Promise.allSettled([database?.close()])
    await lock.release()
    throw storageFailure(error)
  }
}

async function takeFolder({ folder, clock }: StoreOptions): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return await FolderLock.take(folder, clock)
}

export function latestPath(folder: string): string {
  return join(folder, 'latest')
}

/** From the file beside, and what the journal has since; from the database where file or journal cannot be trusted. */
async function findLatest(folder: string, journal: Journal, database: Database): Promise<Latest> {
  const kept = Latest.decode(await contentOf(latestPath(folder)), database.owner)
  const usable = kept !== undefined && kept.sequence <= journal.last
  const latest = usable ? kept.latest : new Latest()
  const trusted = usable && journal.damages.size === 0 && journal.readable === journal.last
  if (!trusted) await fromDatabase(latest, journal, database)
  const since = usable ? kept.sequence : database.applied.sequence
  for await (const batch of journal.read(since + 1)) latest.take(batch)
  return latest
}

async function fromDatabase(latest: Latest, journal: Journal, database: Database): Promise<void> {
  try {
    await readNewest(database, (rows) => latest.take(rows))
  } catch (error) {
    if (!(error instanceof DamagedDatabase)) throw error
    await database.replace(error, journal.reaches(database.sealedThrough))
  }
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0)
    throw error
  }
}
