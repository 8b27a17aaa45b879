import { createHash } from 'node:crypto'
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '#shared/failures.ts'

/** Read and hashed at once: small enough that nothing else waits for the processor longer than a millisecond or two. */
const pieceBytes = 1024 * 1024

export type Progress = { signal: AbortSignal; onBytes: (bytes: number) => void }

/** The first `bytes` of a file, as SHA-256. Throws RangeError when there are fewer. */
export async function hashOf(path: string, bytes: number, progress: Progress): Promise<string> {
  return await eachPiece(path, bytes, progress, async () => undefined)
}

/** Copies the first `bytes` of a file to a new one, puts it on disk and answers the SHA-256 of what was copied. */
export async function copyFile(from: string, to: string, bytes: number, progress: Progress): Promise<string> {
  const target = await open(to, 'wx', 0o600)
  try {
    const hash = await eachPiece(from, bytes, progress, async (piece) => {
      await writeAll(target, piece)
    })
    await target.sync()
    return hash
  } finally {
    await target.close()
  }
}

async function eachPiece(
  path: string,
  bytes: number,
  { signal, onBytes }: Progress,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(bytes, 1)))
  const source = await open(path, 'r')
  try {
    for (let at = 0; at < bytes;) {
      if (signal.aborted) throw new Failure('cancelled')
      const { bytesRead } = await source.read(piece, 0, Math.min(piece.length, bytes - at), at)
      if (bytesRead === 0) throw new RangeError(`${path} has ${at} bytes, not ${bytes}`)
      const read = piece.subarray(0, bytesRead)
      hash.update(read)
      await take(read)
      at += bytesRead
      onBytes(bytesRead)
    }
  } finally {
    await source.close()
  }
  return hash.digest('hex')
}

async function writeAll(target: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length;) {
    const { bytesWritten } = await target.write(piece, done, piece.length - done)
    done += bytesWritten
  }
}

/** Writes a text so that after any kill or power cut either nothing or all of it is there. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const made = `${path}.new`
  await rm(made, { force: true })
  const handle = await open(made, 'wx', 0o600)
  try {
    await writeAll(handle, Buffer.from(text))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(made, path)
  await syncFolder(dirname(path))
}

/** Puts a folder's list of names on disk. Windows keeps it with the file; some network disks refuse, and keep it by themselves. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(codeOf(error))) throw error
  } finally {
    await handle.close()
  }
}

export function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : ''
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

/** Undefined where there is nothing of this name. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
