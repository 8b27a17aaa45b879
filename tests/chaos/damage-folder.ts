import { cpSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { openDatabase } from '../../src-main/database.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { Acks } from './acks.ts'
import { change } from './changes.ts'
import { numbered } from './samples.ts'

/** Data folders as a kill leaves them: `now`, the same somewhat before, and one of another installation. */
export type Folders = { now: string; older: string; foreign: string; acks: Acks }

const limits = { segmentBytes: 60_000, latestRows: 4000, waitingBytes: 100_000, groupRows: 2000 }

export async function makeFolders(root: string): Promise<Folders> {
  const folders = { now: join(root, 'now'), older: join(root, 'older'), foreign: join(root, 'foreign') }
  const copyForeign = (moment: string, source: string) => {
    if (moment === 'end') cpSync(source, folders.foreign, { recursive: true })
  }
  await fill(join(root, 'foreign-source'), 140, copyForeign, true)
  await fill(join(root, 'source'), 140, (moment, source) =>
    cpSync(source, moment === 'end' ? folders.now : folders.older, { recursive: true }),
  )
  const acks = new Acks()
  for (let number = 0; number < 140; number++) {
    acks.batches.add(number)
    acks.changes.add(number)
  }
  acks.given = 140
  return { ...folders, acks }
}

/** `foreign`: with other values. Sealed months, hot samples, a packed and an open segment, and a log of the database and of the configuration. */
async function fill(
  folder: string,
  count: number,
  copy: (moment: 'middle' | 'end', source: string) => void,
  foreign = false,
): Promise<void> {
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {}, ...limits })
  await store.open({ folder: join(folder, 'data', 'history'), memoryMb: 128, threads: 2 })
  const path = join(folder, 'data', 'config.sqlite')
  let config = openDatabase(path)
  const until = async (to: number, from: number) => {
    for (let number = from; number < to; number++) {
      const batch = numbered(number)
      if (foreign) batch.value.forEach((value, i) => (batch.value[i] = value + 0.25))
      await store.append(batch)
      await change(config.database, number)
    }
  }
  await until(60, 0)
  await store.tidy({})
  await until(90, 60)
  // Closed, so that it is in the file and not only in the log.
  await config.close()
  copy('middle', folder)
  config = openDatabase(path)
  await until(110, 90)
  await store.tidy({})
  await until(count, 110)
  while ((await store.status({})).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  await store.append(numbered(0))
  copy('end', folder)
  await store.close({})
  await config.close()
}

/** Every file of a folder below its data, but for locks and what lives in memory. */
export function filesOf(folder: string): string[] {
  return readdirSync(join(folder, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^lock$|-shm$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}
