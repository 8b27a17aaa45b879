import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backedUp, store, storeOf, worldWithBackups } from './backup-world.ts'
import { eventually, newFolder, startWorld } from './world.ts'

test('a disk that is away makes the run fail with words, in the activity log too; back again, the next is good', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 10)
  const away = `${world.target}-away`
  renameSync(world.target, away)
  const failed = await backedUp(world)
  expect(failed).toMatchObject({ warning: 'failed', run: { state: 'failed', failure: { code: 'backup.folderMissing' } } })
  expect(failed.unreadable?.code).toBe('backup.folderDenied')
  const entries = await eventually(
    () => world.call('audit.list', { limit: 20 }),
    (list) => JSON.stringify(list).includes('backup.folderMissing'),
  )
  expect(JSON.stringify(entries)).toContain('backups.run')
  expect(readFileSync(join(world.serving.host.dataFolder, 'log', 'hearthgrid.log'), 'utf8')).toContain('backup failed')
  renameSync(away, world.target)
  expect(await backedUp(world)).toMatchObject({ warning: null, run: { state: 'done' } })
})

test('a backup can be cancelled: earlier ones stay, nothing half done stays', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 100)
  const { backups } = await backedUp(world)
  await world.call('backups.run', {})
  await expect(world.call('backups.run', {})).rejects.toMatchObject({ code: 'busy' })
  await world.call('backups.cancel', {})
  const after = await eventually(
    () => world.call('backups.status', {}),
    ({ run }) => run?.state !== 'running',
  )
  expect(after.run?.state).toBe('cancelled')
  expect(after.backups.map(({ id }) => id)).toEqual(backups.map(({ id }) => id))
  const folder = storeOf(world.target)
  expect(readdirSync(folder).toSorted()).toEqual([`backup-${backups[0]?.id}.json`, 'files'])
  expect(readdirSync(join(folder, 'files')).filter((name) => name.startsWith('new-'))).toEqual([])
  expect(readdirSync(join(world.serving.host.dataFolder, 'history', 'held'))).toEqual([])
})

test('a backup that grows old is warned of, and one that the end of the program cut short has failed', async () => {
  const target = newFolder()
  const folder = newFolder()
  const world = await startWorld({ folder })
  await world.call('backups.configure', { folder: target, at: '02:30', kept: { daily: 7, weekly: 4, monthly: 12 } })
  await store(world.serving, 0, 10)
  await backedUp(world)
  const { run } = await world.call('backups.status', {})
  await world.stop()

  const ahead = 2 * 24 * 3_600_000 + 60_000
  const later = await startWorld({ folder, clock: () => Date.now() + ahead })
  const old = await later.call('backups.status', {})
  expect(old.warning).toBe('old')
  expect(old.next).toBeLessThan(Date.now() + ahead)
  const { database } = later.serving.host
  await database
    .updateTable('setting')
    .set({ value: JSON.stringify({ ...run, state: 'running', endedAt: null }) })
    .where('key', '=', 'backups.run')
    .execute()
  await later.stop()
  const cut = await startWorld({ folder })
  expect(await cut.call('backups.status', {})).toMatchObject({ warning: 'failed', run: { failure: { code: 'backup.interrupted' } } })
})

test('files that nothing names go after a good backup, and nothing goes while an index cannot be read', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 10)
  await backedUp(world)
  const files = join(storeOf(world.target), 'files')
  const stray = join(files, 'a'.repeat(64))
  const damaged = join(storeOf(world.target), 'backup-19990101T000000Z.json')
  writeFileSync(stray, 'of a backup that is gone')
  writeFileSync(damaged, '{"format":"Hearthgrid backup","layout":1}')
  const told = await backedUp(world)
  expect(told).toMatchObject({ run: { state: 'done' }, unreadable: { code: 'backup.indexBad' } })
  expect(readdirSync(files)).toContain('a'.repeat(64))
  rmSync(damaged)
  await backedUp(world)
  expect(readdirSync(files)).not.toContain('a'.repeat(64))
})

test('a sealed month that went bad is noticed before it is copied, and made anew', async () => {
  const world = await worldWithBackups()
  await store(world.serving, 0, 100)
  await world.serving.host.workers.history.call.tidy({})
  const sealed = join(world.serving.host.dataFolder, 'history', 'sealed')
  const [name = ''] = readdirSync(sealed).filter((one) => one.endsWith('.duckdb'))
  const bytes = readFileSync(join(sealed, name))
  bytes.fill(7, bytes.length >> 1)
  writeFileSync(join(sealed, name), bytes)
  const { run, backups } = await backedUp(world)
  expect(run).toMatchObject({ state: 'done', failure: null })
  expect(backups[0]).toMatchObject({ samples: 4000, test: { ok: true, samples: 4000 } })
})
