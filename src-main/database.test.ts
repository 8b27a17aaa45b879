import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { DamagedDatabase, NewerDatabase, migrations, openDatabase } from './database.ts'

const path = () => join(mkdtempSync(join(tmpdir(), 'config-')), 'config.sqlite')

test('a new file is made with every table and full synchronous durability', async () => {
  const file = path()
  const { database, close } = openDatabase(file)
  await database.insertInto('setting').values({ key: 'a', value: '1' }).execute()
  expect(await database.selectFrom('setting').selectAll().execute()).toEqual([{ key: 'a', value: '1' }])
  await close()
  const again = openDatabase(file)
  expect(await again.database.selectFrom('setting').select('value').executeTakeFirst()).toEqual({ value: '1' })
  await again.close()
})

test('a step that fails leaves the file at the version before it', () => {
  const file = path()
  expect(() => openDatabase(file, [...migrations, 'CREATE TABLE good (a); CREATE TABLE good (a)'])).toThrow(/already exists/)
  const raw = new Sqlite(file)
  expect(raw.pragma('user_version', { simple: true })).toBe(migrations.length)
  expect(raw.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'good'").get()).toEqual({ n: 0 })
  raw.close()
})

test('a file of a later release is refused and left untouched', () => {
  const file = path()
  const raw = new Sqlite(file)
  raw.pragma(`user_version = ${migrations.length + 1}`)
  raw.close()
  expect(() => openDatabase(file)).toThrow(NewerDatabase)
  const after = new Sqlite(file)
  expect(after.pragma('user_version', { simple: true })).toBe(migrations.length + 1)
  expect(after.prepare('SELECT count(*) AS n FROM sqlite_master').get()).toEqual({ n: 0 })
  after.close()
})

test('a file that cannot be read is refused and left untouched', async () => {
  const file = path()
  const { database, close } = openDatabase(file)
  await database
    .insertInto('setting')
    .values(Array.from({ length: 200 }, (_, i) => ({ key: `key-${i}`, value: 'x'.repeat(100) })))
    .execute()
  await close()
  const bytes = readFileSync(file)
  for (const from of [0, 100, 4096 * 3]) {
    const damaged = Buffer.from(bytes).fill(0xa5, from, from + 500)
    writeFileSync(file, damaged)
    expect(() => openDatabase(file)).toThrow(DamagedDatabase)
    expect(readFileSync(file).equals(damaged)).toBe(true)
  }
})

test('a file that nobody has asked for anything is closed all the same', async () => {
  const file = path()
  await openDatabase(file).close()
  expect(readdirSync(dirname(file))).toEqual(['config.sqlite'])
})
