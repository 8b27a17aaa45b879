import { mkdir, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { Failure } from '#shared/failures.ts'
import { checkDatabase, migrations } from '../database.ts'
import type { Layout } from '../layout.ts'
import type { Log } from '../log.ts'
import { chooseBackup, RestoreRefused, type Chosen } from './choose.ts'
import { countSamples } from './count.ts'
import { codeOf, isMissing, syncFolder } from './disk.ts'
import { configPath } from './gather.ts'
import type { Index } from './index-file.ts'
import { freeBytes } from './place.ts'
import { withStore } from './second-store.ts'
import { FileShelf } from './shelf.ts'

export type Restoring = {
  /** A folder with backups, or the index of one. */
  from: string
  dataFolder: string
  layout: Layout
  log: Log
  clock: () => number
  /** Told what is done next, for a person who waits. */
  say: (line: string) => void
}

/** What a restore that was cut short may have left beside the data folder. */
const ownNames = /^(config\.sqlite.*|history|profiles|opcua)$/

/**
 * Makes a data folder out of a backup. Everything is copied beside it, compared with the hashes of the backup, opened and counted; only
 * then it gets its name. Throws RestoreRefused, with the data folder as it was.
 */
export async function restore({ from, dataFolder, layout, log, clock, say }: Restoring): Promise<Index> {
  const chosen = await chooseBackup(resolve(from))
  const { index } = chosen
  const { configLayout, version, id } = index
  if (configLayout > migrations.length)
    throw new RestoreRefused(`This backup was made by Hearthgrid ${version}, which is newer than this program. Nothing was changed.`)
  await assertEmpty(dataFolder)
  await assertApart(chosen.store, dataFolder)
  const part = `${dataFolder}.restoring`
  await clear(part)
  await assertRoom(dirname(dataFolder), index)
  say(`Restoring ${basename(chosen.store)}, backup ${id}, ${(index.bytes / 1e6).toFixed(1)} MB …`)
  try {
    await copyAll(chosen, part)
    say('Every file is what the backup says. Opening it …')
    checkDatabase(join(part, configPath))
    const store = { layout, log, clock, timeZone: index.timeZone, folder: join(part, 'history') }
    compare(index, await withStore(store, (call) => countSamples(call, index.probe.series, never, () => undefined)))
    await takePlace(part, dataFolder)
    return index
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw error
  }
}

const never = new AbortController().signal

async function copyAll({ store, index }: Chosen, part: string): Promise<void> {
  await mkdir(part, { recursive: true, mode: 0o700 })
  try {
    await new FileShelf(store).layOut(index.files, part, () => false, { signal: never, onBytes: () => undefined })
  } catch (error) {
    const why =
      error instanceof Failure ? String(error.params['reason']) : error instanceof RangeError ? 'a file is too short' : codeOf(error)
    if (why === '') throw error
    const words = why === 'ENOENT' ? 'a file of it is missing' : why === 'ENOSPC' ? 'the disk is full' : why
    throw new RestoreRefused(`The backup cannot be restored: ${words}. Nothing was changed.`, { cause: error })
  }
}

function compare(index: Index, found: Pick<Index, 'samples' | 'last' | 'probe'>): void {
  // A backup whose own test went wrong is compared with what that test found.
  const { samples, last } = index.test.ok ? index : index.test
  if (found.samples !== samples || found.last !== last || found.probe.samples !== index.probe.samples)
    throw new RestoreRefused(`The copy holds ${found.samples} samples and the backup ${samples}. Nothing was changed.`)
}

async function assertEmpty(dataFolder: string): Promise<void> {
  const names = await namesIn(dataFolder)
  if (names.length > 0)
    throw new RestoreRefused(
      `${dataFolder} is not empty (${names.slice(0, 4).join(', ')} …). Name a folder that is empty or not there yet.`,
    )
}

async function assertApart(store: string, dataFolder: string): Promise<void> {
  const way = relative(await realpath(store), resolve(dataFolder))
  if (way === '' || (!way.startsWith('..') && !isAbsolute(way))) throw new RestoreRefused(`${dataFolder} lies in the backup itself.`)
}

async function clear(part: string): Promise<void> {
  const foreign = (await namesIn(part)).filter((name) => !ownNames.test(name))
  if (foreign.length > 0) throw new RestoreRefused(`${part} is in the way; it holds ${foreign[0]}. Move it elsewhere.`)
  await rm(part, { recursive: true, force: true })
}

async function assertRoom(folder: string, { bytes }: Index): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const free = await freeBytes(folder)
  if (free < bytes)
    throw new RestoreRefused(
      `The backup has ${Math.ceil(bytes / 1e6)} MB and the disk has ${Math.floor(free / 1e6)} MB left. Nothing was changed.`,
    )
}

async function takePlace(part: string, dataFolder: string): Promise<void> {
  await syncFolder(part)
  await rmdir(dataFolder).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
  await rename(part, dataFolder)
  await syncFolder(dirname(dataFolder))
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    if (codeOf(error) === 'ENOTDIR') throw new RestoreRefused(`${folder} is not a folder.`, { cause: error })
    throw error
  }
}
