import { link, readFile, realpath, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { isFull, isMissing } from './disk.ts'
import { takeThread, type Release } from './thread-lock.ts'

/** A process, and what tells it from a later one with the same number (Linux; elsewhere empty). */
type Owner = { pid: number; born: string }

/**
 * One owner of a folder, over all processes (a file with the process number) and over all threads of this one (a lock that
 * ends with its thread). An owner that no longer lives is replaced.
 */
export class FolderLock {
  readonly #path: string
  readonly #release: Release

  private constructor(path: string, release: Release) {
    this.#path = path
    this.#release = release
  }

  /** Throws `conflict` with the owner's process number when somebody else has the folder. */
  static async take(folder: string, clock: () => number): Promise<FolderLock> {
    const path = join(await realpath(folder), 'lock')
    const release = await takeThread(path)
    if (!release) throw new Failure('conflict', { pid: process.pid })
    try {
      await takeFile(path, clock)
      return new FolderLock(path, release)
    } catch (error) {
      await release()
      throw error
    }
  }

  async release(): Promise<void> {
    await rm(this.#path, { force: true })
    await this.#release()
  }
}

/** On a full disk the file may be missing: other processes are then kept out by the database's own lock alone. */
async function takeFile(path: string, clock: () => number): Promise<void> {
  for (;;) {
    const found = await readOwner(path)
    if (found?.owner && (await lives(found.owner, path, clock))) throw new Failure('conflict', { pid: found.owner.pid })
    if (found) await remove(path, found.text)
    try {
      await create(path)
      return
    } catch (error) {
      if (isFull(error)) return
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** The file appears with its content or not at all, and only where none is. */
async function create(path: string): Promise<void> {
  const own = `${path}.${process.pid}.new`
  try {
    await writeFile(own, JSON.stringify({ pid: process.pid, born: await bornOf(process.pid) } satisfies Owner), {
      mode: 0o600,
      flush: true,
    })
    await link(own, path)
  } finally {
    await rm(own, { force: true })
  }
}

/** Undefined where there is no file; without an owner where it cannot be read, as a power cut may leave it. */
async function readOwner(path: string): Promise<{ owner: Owner | undefined; text: string } | undefined> {
  try {
    const text = await readFile(path, 'utf8')
    const match = /^\{"pid":(\d+),"born":"([^"]*)"\}$/.exec(text)
    return { owner: match ? { pid: Number(match[1]), born: match[2] ?? '' } : undefined, text }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Our own number means a thread of ours that has ended: the thread lock is ours by now. */
async function lives(owner: Owner, path: string, clock: () => number): Promise<boolean> {
  if (owner.pid === process.pid || !exists(owner.pid)) return false
  const born = await bornOf(owner.pid)
  if (born !== '') return born === owner.born
  const beforeThisBoot = (await stat(path)).mtimeMs < clock() - uptime() * 1000
  return !beforeThisBoot
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function bornOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ''
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const line = await readFile(`/proc/${pid}/stat`, 'utf8')
    return `${boot.trim()} ${line.slice(line.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

/** Takes a dead owner's file away; puts it back when another starter has just replaced it by its own. */
async function remove(path: string, seen: string): Promise<void> {
  const taken = `${path}.${process.pid}`
  try {
    await rename(path, taken)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  if ((await readFile(taken, 'utf8')) !== seen) await link(taken, path)
  await unlink(taken)
}
