import { createHash, randomUUID } from 'node:crypto'
import { copyFile, link, mkdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import type { HeldFile, Hold } from '#shared/history/port.ts'
import { isMissing } from './disk.ts'
import { segmentPath, type Segment } from './segment.ts'

const folderName = 'held'
const journalFolder = 'journal'

/**
 * What is to be held: the list of sealed files as it is now (its path and content; it may be replaced at any time), those files (paths
 * below the store's folder) and the journal's segments.
 */
export type Holding = {
  manifest: { path: string; text: string } | null
  files: readonly HeldFile[]
  journal: readonly Segment[]
  owner: string
  samples: number
  last: number | null
}

/**
 * Keeps files as they are for a reader outside of the store: each gets a second name in a folder of the hold, so that packing and
 * tidying may take the first away meanwhile. Where the disk knows no second names, the file is copied.
 */
export class Holds {
  readonly #folder: string
  readonly #open = new Set<string>()

  constructor(storeFolder: string) {
    this.#folder = storeFolder
  }

  /** Takes away what a killed process held. */
  async clear(): Promise<void> {
    await rm(join(this.#folder, folderName), { recursive: true, force: true })
  }

  async take({ manifest, files, journal, owner, samples, last }: Holding): Promise<Hold> {
    const id = randomUUID()
    const folder = join(this.#folder, folderName, id)
    this.#open.add(id)
    try {
      await mkdir(join(folder, journalFolder), { recursive: true, mode: 0o700 })
      for (const { path } of files) await secondName(join(this.#folder, path), join(folder, path))
      const list = manifest ? [await written(join(folder, manifest.path), manifest)] : []
      const held: Hold['journal'] = []
      for (const segment of journal) held.push(await this.#holdSegment(segment, folder))
      return { id, folder, manifest: manifest?.path ?? null, files: [...files, ...list], journal: held, owner, samples, last }
    } catch (error) {
      await this.release(id)
      throw error
    }
  }

  /** Throws `notFound` for an id that is not held. */
  async release(id: string): Promise<void> {
    if (!this.#open.delete(id)) throw new Failure('notFound', { what: 'hold' })
    await rm(join(this.#folder, folderName, id), { recursive: true, force: true })
  }

  /** A plain segment that is being packed is there under one of its two names. */
  async #holdSegment({ first, packed, bytes }: Segment, folder: string): Promise<Hold['journal'][number]> {
    const [from, to] = [join(this.#folder, journalFolder), join(folder, journalFolder)]
    if (!packed) {
      try {
        await secondName(segmentPath(from, first, false), segmentPath(to, first, false), bytes)
        return { path: segmentPath(journalFolder, first, false).replaceAll('\\', '/'), bytes }
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    }
    const held = segmentPath(to, first, true)
    await secondName(segmentPath(from, first, true), held)
    return { path: segmentPath(journalFolder, first, true).replaceAll('\\', '/'), bytes: (await stat(held)).size }
  }
}

const noSecondNames = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL', 'UNKNOWN'])

async function secondName(from: string, to: string, bytes?: number): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await link(from, to)
  } catch (error) {
    if (!noSecondNames.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    await copyFile(from, to)
    if (bytes !== undefined) await truncate(to, bytes)
  }
}

async function written(to: string, { path, text }: { path: string; text: string }): Promise<HeldFile> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await writeFile(to, text, { mode: 0o600 })
  return { path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
}
