import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupRun, BackupSettings } from '#shared/backups/contract.ts'
import { createCalendar } from '#shared/calendar.ts'
import { Failure } from '#shared/failures.ts'
import type { HistoryPort } from '#shared/history/port.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Host } from '../capability.ts'
import { migrations } from '../database.ts'
import { countSamples, type Probe } from './count.ts'
import { codeOf, sizeOf, writeWhole } from './disk.ts'
import { historySources, newPart, otherSources, type Source } from './gather.ts'
import { encodeIndex, format, indexName, layout, listBackups, type Index } from './index-file.ts'
import { keptOf } from './kept.ts'
import { checkFolder, freeBytes, makeStore, storeIn } from './place.ts'
import { FileShelf, type Shelved } from './shelf.ts'
import { testRestore } from './test-restore.ts'

const mostTries = 3

export type Making = {
  host: Host
  settings: BackupSettings & { folder: string }
  installation: string
  run: BackupRun
  signal: AbortSignal
  /** Called as the run goes on. */
  tell: () => void
}

/**
 * Makes one backup: copies what is not there yet, tries to restore it, and only then writes its index, so that what has an index is
 * whole. Afterwards it lets go of old ones. Answers the backup; throws when there is none.
 */
export async function makeBackup(making: Making): Promise<Index> {
  const { host, settings, installation, run } = making
  await checkFolder(settings.folder, host.dataFolder)
  const store = storeIn(settings.folder, installation)
  await makeStore(store).catch(onTarget)
  const shelf = new FileShelf(store)
  const history = host.workers.history
  const before = await probeWhole(history.call, making.signal)
  const held = await history.call.hold({})
  const own = newPart(host.dataFolder)
  try {
    const at = host.clock()
    const others = await otherSources(host.dataFolder, own, (path) => host.copyDatabase(path))
    const files = await shelve(making, shelf, [...historySources(held), ...others])
    const rest = await testing(making, { shelf, files, held, before, folder: join(store, 'test') })
    const index: Index = {
      format,
      layout,
      id: run.id,
      at,
      version: host.version,
      installation,
      timeZone: host.timeZone,
      configLayout: migrations.length,
      owner: held.owner,
      manifest: held.manifest,
      samples: held.samples,
      last: held.last,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      ...rest,
      files,
    }
    await writeWhole(join(store, indexName(index.id)), encodeIndex(index)).catch(onTarget)
    await letGo(making, store, shelf)
    return index
  } finally {
    await rm(own, { recursive: true, force: true })
    await history.call.release({ id: held.id })
  }
}

/** Reads some series of the store. What turns out to be damaged by that is made anew first, so that a backup never lacks it. */
async function probeWhole(call: Remote<HistoryPort>, signal: AbortSignal): Promise<Probe> {
  for (let tries = 0; tries < mostTries; tries++) {
    const { probe } = await countSamples(call, null, signal, () => undefined)
    if ((await call.status({})).state !== 'refilling') return probe
    await call.tidy({})
  }
  throw new Failure('busy', { what: 'history' })
}

async function shelve({ run, signal, tell }: Making, shelf: FileShelf, sources: readonly Source[]): Promise<Shelved[]> {
  run.total = sources.reduce((sum, { bytes }) => sum + bytes, 0)
  await assertRoom(shelf, sources)
  const files: Shelved[] = []
  let before = 0
  for (const source of sources) {
    const onBytes = (bytes: number) => {
      run.done = Math.min(run.done + bytes, before + source.bytes)
      tell()
    }
    const { copied, repaired, ...file } = await shelf.put(source, { signal, onBytes }).catch(onTarget)
    files.push(file)
    before += source.bytes
    run.done = before
    if (copied) run.copied += file.bytes
    if (repaired) run.repaired++
  }
  await shelf.sync().catch(onTarget)
  return files
}

/** Files whose hash is not known are taken as new, and may be needed twice: on the shelf and in the test restore. */
async function assertRoom(shelf: FileShelf, sources: readonly Source[]): Promise<void> {
  let needed = 0
  for (const { bytes, sha256 } of sources) {
    if (sha256 === null) needed += 2 * bytes
    else if ((await sizeOf(shelf.pathOf(sha256))) === undefined) needed += bytes
  }
  const free = await freeBytes(shelf.folder)
  if (free < needed) throw new Failure('backup.noRoom', { neededMb: Math.ceil(needed / 1e6), freeMb: Math.floor(free / 1e6) })
}

async function testing({ host, run, signal, tell }: Making, wanted: Parameters<typeof testRestore>[1]) {
  Object.assign(run, { phase: 'testing', done: 0, total: 1 })
  tell()
  return await testRestore(host, wanted, signal, (done, total) => {
    Object.assign(run, { done, total })
    tell()
  })
}

/** Removes old backups by the rule, and the files that none names any more. With an index that cannot be read nothing is removed. */
async function letGo({ host, settings, run, tell }: Making, store: string, shelf: FileShelf): Promise<void> {
  Object.assign(run, { phase: 'tidying', done: 0, total: 1 })
  tell()
  const { indexes, bad } = await listBackups(store).catch(onTarget)
  if (bad.length > 0) {
    host.log.warn('old backups stay, since an index cannot be read', { name: bad[0]?.name, reason: bad[0]?.reason.message })
    return
  }
  const kept = keptOf(indexes, settings.kept, createCalendar(host.timeZone))
  for (const { id } of indexes) if (!kept.has(id)) await rm(join(store, indexName(id)), { force: true })
  for (const name of await readdir(store)) if (/^backup-[\w-]+\.json\.new$/.test(name)) await rm(join(store, name), { force: true })
  const named = indexes.filter(({ id }) => kept.has(id)).flatMap(({ files }) => files.map(({ sha256 }) => sha256))
  await shelf.tidy(new Set(named))
}

/** A disk that refuses becomes a failure of the backup; what is said otherwise stays as it is. */
function onTarget(error: unknown): never {
  const code = codeOf(error)
  if (error instanceof Failure || code === '') throw error
  throw new Failure('backup.targetFailed', { reason: code }, { cause: error })
}
