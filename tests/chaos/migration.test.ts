import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrations, NewerDatabase, openDatabase } from '../../src-main/database.ts'
import { randomFrom, rounds, seed } from './chance.ts'
import { cuts, WriteBackCache, type Cut } from './disk/cache.ts'
import { differences, makeFormer } from './former.ts'
import { eachMoment, leftOut, recorded } from './images.ts'

// CHAOS_IMAGES: moments of the longest way (25, a fifth of it for the others), each with a kill and the three kinds of power cut.
const images = rounds('CHAOS_IMAGES', 25)

let place: string
beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'chaos-')))
})
afterEach(() => rm(place, { recursive: true }))

const layouts = Array.from({ length: migrations.length - 1 }, (_, i) => i + 1)

/** Brings a file of a layout up to date, and looks at what cuts at these moments would have left. */
async function migrateAndCut(
  layout: number,
  count: number,
  careless: boolean,
  look: (path: string, kind: Cut) => Promise<void>,
): Promise<void> {
  const old = join(place, 'old')
  const root = join(place, 'root')
  for (const folder of [old, root]) mkdirSync(folder)
  await makeFormer(join(old, 'config.sqlite'), layout)
  copyFileSync(join(old, 'config.sqlite'), join(root, 'config.sqlite'))
  const { changes, code, errors } = await recorded(place, 'migrate.ts', (folder) => ({ path: join(folder, 'config.sqlite'), careless }), {
    seed,
  })
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(differences(join(root, 'config.sqlite'), layout)).toEqual([])
  const random = randomFrom(seed + layout)
  const moments = Array.from({ length: count }, (_, i) => Math.ceil((i * changes.length) / (count - 1)))
  const cache = new WriteBackCache(root)
  cache.load(old)
  const cutAll = async () => {
    for (const kind of cuts) {
      const image = join(place, 'image')
      cache.cut(image, kind, random, leftOut)
      await look(join(image, 'config.sqlite'), kind)
      await rm(image, { recursive: true })
    }
  }
  await eachMoment({ root, changes }, moments, cutAll, cache)
}

test.for(layouts)(`a configuration of layout %i is brought up to date, whenever that is cut off (CHAOS_SEED=${seed})`, async (layout) => {
  const versions = new Set<number>()
  await migrateAndCut(layout, layout === 1 ? images : Math.max(2, Math.ceil(images / 5)), false, async (path, kind) => {
    versions.add(versionOf(path))
    await openDatabase(path).close()
    expect({ kind, found: differences(path, layout) }).toEqual({ kind, found: [] })
  })
  expect(versions.has(layout)).toBe(true)
  expect(versions.has(migrations.length)).toBe(true)
})

test('the same check finds a step that is done by halves', async () => {
  let harmed = 0
  await migrateAndCut(1, 25, true, async (path) => {
    const opened = async () => await openDatabase(path).close()
    const [done] = await Promise.allSettled([opened()])
    harmed += done.status === 'rejected' ? 1 : differences(path, 1).length
  })
  expect(harmed).toBeGreaterThan(0)
})

test('a configuration of a later release is refused, and no byte of it is touched', async () => {
  const path = join(place, 'config.sqlite')
  await makeFormer(path, migrations.length)
  const raw = new Sqlite(path)
  raw.pragma('wal_autocheckpoint = 0')
  raw.exec('CREATE TABLE later (a); INSERT INTO later VALUES (1)')
  raw.pragma(`user_version = ${migrations.length + 1}`)
  // As a kill leaves it: the newest is in the log only.
  const killed = join(place, 'killed')
  mkdirSync(killed)
  for (const name of ['config.sqlite', 'config.sqlite-wal']) copyFileSync(join(place, name), join(killed, name))
  raw.close()
  for (const folder of [place, killed]) {
    const before = bytesOf(folder)
    expect(() => openDatabase(join(folder, 'config.sqlite'))).toThrow(NewerDatabase)
    expect(bytesOf(folder)).toEqual(before)
  }
})

function versionOf(path: string): number {
  const file = new Sqlite(path)
  try {
    return Number(file.pragma('user_version', { simple: true }))
  } finally {
    file.close()
  }
}

function bytesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
  const files = entries.map(({ name }) => ({ name, bytes: readFileSync(join(folder, name)) })).filter(({ bytes }) => bytes.length > 0)
  return Object.fromEntries(files.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')]))
}
