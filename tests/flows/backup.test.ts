import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toBatch } from '#shared/reading.ts'
import { backedUp, from, store, storeOf, worldWithBackups } from './backup-world.ts'
import { quarterHour } from './world.ts'

test('a backup holds everything, has been restored for a test, and copies only what is new the next time', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 100)
  const first = await backedUp(world)
  expect(first).toMatchObject({ warning: null, unreadable: null, run: { state: 'done', failure: null, repaired: 0 } })
  const [backup] = first.backups
  expect(backup).toMatchObject({ samples: 4000, test: { ok: true, samples: 4000, failure: null } })
  expect(backup?.last).toBe(from + 99 * quarterHour)

  const folder = storeOf(world.target)
  expect(readdirSync(folder).toSorted()).toEqual([`backup-${backup?.id}.json`, 'files'])
  for (const name of readdirSync(join(folder, 'files')))
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, 'files', name)))
        .digest('hex'),
    ).toBe(name)

  await world.serving.host.workers.history.call.tidy({})
  await store(world.serving, 100, 10)
  const second = await backedUp(world)
  expect(second.backups.map(({ samples }) => samples)).toEqual([4400, 4000])
  expect(second.backups[0]?.months).toEqual([
    { month: '2026-09', samples: 1920 },
    { month: '2026-10', samples: 2080 },
  ])
  expect(readdirSync(join(world.serving.host.dataFolder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('samples that arrive while a backup is made are stored, and the backup is of one moment', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 500)
  await world.call('backups.run', {})
  let round = 500
  for (let running = true; running; round++) {
    await store(world.serving, round, 1)
    running = (await world.call('backups.status', {})).run?.state === 'running'
  }
  const { run, backups } = await world.call('backups.status', {})
  expect(run).toMatchObject({ state: 'done', failure: null })
  const [backup] = backups
  if (!backup) throw new Error('there is no backup')
  expect(backup.samples).toBeGreaterThanOrEqual(500 * 40)
  expect(backup.samples % 40).toBe(0)
  expect(backup.last).toBe(from + (backup.samples / 40 - 1) * quarterHour)
  expect((await world.call('history.status', {})).samples).toBe(round * 40)
})

test('a corrected sample is not missed in the test restore', async () => {
  const world = await worldWithBackups()
  const { history } = world.serving.host.workers
  await store(world.serving, 0, 60)
  await history.call.tidy({})
  const wrong = toBatch([1, 2, 3].map((series) => ({ series, at: from + 5 * quarterHour, value: 42, quality: 'good' as const })))
  expect(await history.call.correct(wrong)).toEqual({ stored: 3, replaced: 3 })
  expect(await backedUp(world)).toMatchObject({ warning: null, run: { state: 'done', failure: null } })
})

test('a file of the backup folder that went bad is found and copied anew', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 100)
  await backedUp(world)
  const files = join(storeOf(world.target), 'files')
  const largest = readdirSync(files).toSorted((a, b) => statSync(join(files, b)).size - statSync(join(files, a)).size)
  const journal = largest.find((name) => readFileSync(join(files, name)).subarray(0, 4).toString() === 'HGF1')
  if (!journal) throw new Error('no journal was copied')
  const bytes = readFileSync(join(files, journal))
  bytes[1000] = (bytes[1000] ?? 0) ^ 1
  writeFileSync(join(files, journal), bytes)
  const { run, backups } = await backedUp(world)
  expect(run).toMatchObject({ state: 'done', repaired: 1 })
  expect(backups).toHaveLength(2)
})

test.each([
  ['no such folder', (data: string) => join(data, '..', 'nowhere', 'at-all'), 'backup.folderMissing'],
  ['a path that is none', () => 'backups', 'backup.folderMissing'],
  ['the data folder', (data: string) => data, 'backup.folderInside'],
  ['a folder in it', (data: string) => join(data, 'history'), 'backup.folderInside'],
  ['a folder around it', (data: string) => join(data, '..'), 'backup.folderInside'],
])('%s is refused as the place of backups, and the setting before stays', async (_what, folder, code) => {
  const { call, serving, target } = await worldWithBackups()
  const wanted = { folder: folder(serving.host.dataFolder), at: '03:00', kept: { daily: 7, weekly: 4, monthly: 12 } }
  await expect(call('backups.configure', wanted)).rejects.toMatchObject({ code })
  expect((await call('backups.status', {})).settings).toMatchObject({ folder: target, at: '02:30' })
})

test('backups that begin in the same second are backups of their own', async () => {
  const at = Date.now()
  const world = await worldWithBackups({ clock: () => at })
  await store(world.serving, 0, 10)
  await backedUp(world)
  expect((await backedUp(world)).backups).toHaveLength(2)
})
