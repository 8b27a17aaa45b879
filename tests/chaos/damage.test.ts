import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DamagedDatabase, openDatabase } from '../../src-main/database.ts'
import { historyEngine } from '../../src-worker/history/engine.ts'
import { randomFrom, rounds, seed } from './chance.ts'
import { examineChanges, soundness } from './changes.ts'
import { damages } from './damage.ts'
import { filesOf, makeFolders, type Folders } from './damage-folder.ts'
import { examine, unharmed } from './samples.ts'

// CHAOS_DAMAGES: how many of the sixteen damages are done to each file, by chance (2). Of packed
// segments, which are many alike, the first and the last stand for all.
const few = Math.min(rounds('CHAOS_DAMAGES', 2), Object.keys(damages).length)

/** Not told apart yet from one's own: docs/reliability.md says so. */
const foreignTaken = /\.wal$|\.log$|sealed\/[^m]/

let root: string
let folders: Folders
let image: string
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'chaos-')))
  image = join(root, 'image')
  folders = await makeFolders(root)
})
afterAll(() => rm(root, { recursive: true }))

/** Does damages to each file that fits, one at a time, and looks at what the program makes of it. */
async function eachDamage(fits: RegExp, look: (what: string, path: string) => Promise<void>): Promise<number> {
  const random = randomFrom(seed)
  const files = filesOf(folders.now).filter((file) => fits.test(file))
  const packed = files.filter((file) => file.endsWith('.zst')).slice(1, -1)
  let done = 0
  for (const [i, file] of files.entries()) {
    if (packed.includes(file)) continue
    const names = Object.keys(damages).filter((name) => name !== 'is that of another store' || !foreignTaken.test(file))
    const chosen = Array.from({ length: few }, () => names.splice(random(names.length), 1)[0] ?? 'is missing')
    for (const name of chosen) {
      cpSync(folders.now, image, { recursive: true })
      const twins = {
        older: join(folders.older, file),
        foreign: join(folders.foreign, file),
        other: join(folders.now, files.at(i - 1) ?? file),
      }
      damages[name]?.(join(image, file), twins, random)
      await look(`${file} ${name} (CHAOS_SEED=${seed})`, join(image, file))
      rmSync(image, { recursive: true })
      done++
    }
  }
  return done
}

const openStore = async () => {
  const store = historyEngine({ clock: () => Date.now(), onProgress: () => {} })
  await store.open({ folder: join(image, 'data', 'history'), memoryMb: 128, threads: 2 })
  return store
}

test('a history with one damaged file is opened, shows no wrong value and has everything again', async () => {
  const { batches, given } = folders.acks
  const count = await eachDamage(/history/, async (what, path) => {
    const damaged = existsSync(path) ? readFileSync(path) : undefined
    const begun = performance.now()
    const store = await openStore()
    expect(performance.now() - begun).toBeLessThan(60_000)
    try {
      const found = await examine(store, batches, given)
      expect({ what, ...found, torn: 0 }).toMatchObject({ what, changed: 0, doubled: 0 })
      const { notice } = await store.status({})
      expect({ what, silent: found.lost.length > 0 && notice === null }).toEqual({ what, silent: false })
      await store.tidy({})
      expect({ what, ...(await examine(store, batches, given)) }).toMatchObject({ what, ...unharmed })
      const gone = notice !== null && damaged !== undefined && !(await isKept(path, damaged))
      expect({ what, gone }).toEqual({ what, gone: false })
    } finally {
      await store.close({})
    }
  })
  console.log(`${count} damages of history`)
})

test('a damaged configuration is refused untouched, or is as it was at one moment; never half of a change', async () => {
  const bad: string[] = []
  let refused = 0
  let wrong = 0
  const count = await eachDamage(/config/, async (what, path) => {
    const main = join(image, 'data', 'config.sqlite')
    const before = existsSync(path) ? readFileSync(path) : undefined
    try {
      const { database, close } = openDatabase(main)
      const found = await examineChanges(database, folders.acks.changes)
      const sound = await soundness(database)
      await close()
      const other = found.changedChanges + found.halfChanges + found.doubledChanges > 0 || sound[0] !== 'ok'
      // SQLite has checksums over its log, but none over the pages of the file itself.
      if (other && path === main) wrong++
      else if (other) bad.push(`${what}: ${JSON.stringify(found)}`)
    } catch (error) {
      if (!(error instanceof DamagedDatabase)) throw error
      refused++
      if (before && !readFileSync(path).equals(before)) bad.push(`${what}: touched`)
    }
  })
  expect(bad).toEqual([])
  console.log(`${count} damages of the configuration: ${refused} refused, ${wrong} with other words than were written`)
})

/** Whether the bytes that could not be used are still somewhere: in place, aside, or what was bad of them. */
async function isKept(path: string, bytes: Buffer): Promise<boolean> {
  if (existsSync(path) && readFileSync(path).equals(bytes)) return true
  return (await readdir(join(image, 'data', 'history'), { recursive: true })).some((name) => /\.damaged/.test(name))
}
