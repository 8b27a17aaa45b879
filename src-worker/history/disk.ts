import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '#shared/failures.ts'

/** Puts a folder's list of names on disk. Windows keeps it with the file and cannot open a folder. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a file so that after any kill or power cut either the old or the whole new content is there. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const made = `${path}.new`
  try {
    const handle = await open(made, 'w', 0o600)
    try {
      await writeAll(handle, bytes, 0)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(made, path)
  } catch (error) {
    await rm(made, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

type Writable = { write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }> }

/** Writes every byte: a nearly full disk takes a part of them without an error. */
export async function writeAll(handle: Writable, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

/** Keeps a damaged file as evidence under a name with the time; answers that name. */
export async function setAside(path: string, clock: () => number): Promise<string> {
  const named = `${path}.${new Date(clock()).toISOString().replaceAll(/[:.]/g, '-')}`
  let aside = `${named}.damaged`
  for (let i = 2; existsSync(aside); i++) aside = `${named}-${i}.damaged`
  await rename(path, aside)
  await syncFolder(dirname(path))
  return aside
}

export function isFull(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  return fullCodes.has(code ?? '') || /no space left|disk quota|file too large|max_temp_directory_size/i.test(message)
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** storage.full for a disk, quota or file size that is used up; storage.failed for every other refusal of the disk. */
export function storageFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  const error = cause as NodeJS.ErrnoException
  return new Failure(isFull(error) ? 'storage.full' : 'storage.failed', { reason: error.code ?? firstLine(error.message) }, { cause })
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
