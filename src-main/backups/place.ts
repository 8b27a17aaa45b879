import { mkdir, open, realpath, rm, stat, statfs } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { randomUUID } from 'node:crypto'
import { Failure } from '#shared/failures.ts'
import { codeOf, isMissing } from './disk.ts'

/** Throws unless the folder is there, can be written, and neither lies in the data folder nor holds it. */
export async function checkFolder(folder: string, dataFolder: string): Promise<void> {
  if (!isAbsolute(folder)) throw new Failure('backup.folderMissing', { folder })
  const real = await realpath(folder).catch((error: unknown) => {
    throw new Failure(
      isMissing(error) ? 'backup.folderMissing' : 'backup.folderDenied',
      { folder, reason: codeOf(error) },
      { cause: error },
    )
  })
  if (!(await stat(real)).isDirectory()) throw new Failure('backup.folderMissing', { folder })
  const data = await realpath(dataFolder)
  if (isWithin(real, data) || isWithin(data, real)) throw new Failure('backup.folderInside', { folder, dataFolder })
  await tryToWrite(real, folder)
}

/** Whether `inner` is `outer` or lies in it. */
function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

async function tryToWrite(real: string, folder: string): Promise<void> {
  const path = join(real, `.hearthgrid-${randomUUID()}`)
  try {
    const handle = await open(path, 'wx', 0o600)
    await handle.close()
    await rm(path)
  } catch (error) {
    throw new Failure('backup.folderDenied', { folder, reason: codeOf(error) }, { cause: error })
  }
}

/** Where one installation keeps its backups, so that several may share a folder. */
export function storeIn(folder: string, installation: string): string {
  return join(folder, `Hearthgrid-${installation}`)
}

export async function makeStore(store: string): Promise<void> {
  await mkdir(join(store, 'files'), { recursive: true, mode: 0o700 })
}

/** Bytes that can still be written. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
