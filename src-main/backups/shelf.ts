import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { codeOf, copyFile, hashOf, sizeOf, syncFolder, type Progress } from './disk.ts'
import type { Source } from './gather.ts'

export type Shelved = { path: string; bytes: number; sha256: string }

const unfinished = /^new-/

/** The files of all backups of an installation, each once and named by its hash. */
export class FileShelf {
  readonly folder: string

  constructor(store: string) {
    this.folder = join(store, 'files')
  }

  pathOf(sha256: string): string {
    return join(this.folder, sha256)
  }

  /**
   * Puts a file on the shelf unless it is there. What is there is read and compared, so that a backup never rests on a file that went
   * bad meanwhile: such a one is replaced (`repaired`). Throws `backup.sourceDamaged` when the file is not what its own list says.
   */
  async put(source: Source, progress: Progress): Promise<Shelved & { copied: boolean; repaired: boolean }> {
    const { path, from, bytes } = source
    const silent = { ...progress, onBytes: () => undefined }
    const sha256 = source.sha256 ?? (await hashOf(from, bytes, silent))
    const target = this.pathOf(sha256)
    const there = await sizeOf(target)
    if (there !== undefined && there === bytes && (await hashOf(target, bytes, progress)) === sha256)
      return { path, bytes, sha256, copied: false, repaired: false }
    const made = join(this.folder, `new-${randomUUID()}`)
    try {
      if ((await copyFile(from, made, bytes, progress)) !== sha256) throw new Failure('backup.sourceDamaged', { path })
      // What the disk took is read back before it counts.
      if ((await hashOf(made, bytes, silent)) !== sha256) throw new Failure('backup.targetFailed', { reason: 'read back differently' })
      await rename(made, target)
    } catch (error) {
      await rm(made, { force: true })
      throw error
    }
    return { path, bytes, sha256, copied: true, repaired: there !== undefined }
  }

  /** Makes the names of the shelf safe from a power cut. */
  async sync(): Promise<void> {
    await syncFolder(this.folder)
  }

  /** Lays files out as in a data folder: by a second name where that is allowed and possible, else as a copy. Throws when one is bad. */
  async layOut(files: readonly Shelved[], into: string, mayLink: (path: string) => boolean, progress: Progress): Promise<void> {
    for (const { path, bytes, sha256 } of files) {
      const to = join(into, path)
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      if (mayLink(path) && (await linked(this.pathOf(sha256), to))) continue
      if ((await copyFile(this.pathOf(sha256), to, bytes, progress)) !== sha256)
        throw new Failure('backup.targetFailed', { reason: `${path} has changed` })
    }
  }

  /** Removes what no backup names, and what was never finished. Answers how many bytes became free. */
  async tidy(named: ReadonlySet<string>): Promise<number> {
    let freed = 0
    for (const name of await readdir(this.folder)) {
      if (named.has(name) || !(unfinished.test(name) || /^[0-9a-f]{64}$/.test(name))) continue
      const path = join(this.folder, name)
      freed += (await sizeOf(path)) ?? 0
      await rm(path, { force: true })
    }
    return freed
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    // Network disks and USB sticks know no second names, each says so differently; a copy tells whether the file is there.
    if (codeOf(error) === '') throw error
    return false
  }
}
