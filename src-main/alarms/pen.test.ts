import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Database } from '../database.ts'
import type { Log } from '../log.ts'
import { Pen } from './pen.ts'
import type { Change } from './record.ts'

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'alarm-pen-'))
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  onTestFinished(async () => {
    await close()
    rmSync(folder, { recursive: true })
  })
  return database
}

/** Pages that the file may have: fewer than it has make the disk full. */
const mayGrowTo = (database: Database, pages: number) => sql`PRAGMA max_page_count = ${sql.raw(String(pages))}`.execute(database)

const bulk = 'x'.repeat(6000)

/** Changes named by numbers; each writes a row of some pages. */
function pen(database: Database) {
  const shown: [number[], boolean][] = []
  const said: string[] = []
  const log = { error: (text: string) => said.push(text) } as unknown as Log
  const numberOf = ({ at }: Change) => at
  const one = new Pen(
    { database, log },
    async (transaction, changes) => {
      for (const change of changes)
        await transaction
          .insertInto('setting')
          .values({ key: String(numberOf(change)), value: bulk })
          .execute()
    },
    (changes, saved) => shown.push([changes.map(numberOf), saved]),
  )
  const put = (...numbers: number[]) => one.put(numbers.map((at) => ({ at, condition: { key: String(at) } }) as Change))
  const kept = async () =>
    (await database.selectFrom('setting').select('key').execute()).map(({ key }) => Number(key)).filter(Number.isInteger)
  return { one, put, shown, said, kept }
}

test('changes of one moment are one transaction, seen when they are on disk and in their order', async () => {
  const database = open()
  const { put, shown, kept } = pen(database)
  await Promise.all([put(1, 2), put(3)])
  expect(shown).toEqual([[[1, 2, 3], true]])
  expect(await kept()).toEqual([1, 2, 3])
})

test('what a full disk refuses is seen as not saved, nothing of it half, and is saved once there is room', async () => {
  const database = open()
  const { one, put, shown, said, kept } = pen(database)
  await put(1)
  await mayGrowTo(database, 1)
  const written = put(2, 3)
  while (shown.length < 2) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(shown.at(-1)).toEqual([[2, 3], false])
  expect([one.failing, one.unsaved, await kept()]).toEqual([true, 2, [1]])
  const later = put(4)
  await mayGrowTo(database, 100_000)
  await Promise.all([written, later])
  expect([one.failing, one.unsaved, await kept()]).toEqual([false, 0, [1, 2, 3, 4]])
  expect(shown.filter(([, saved]) => saved).flatMap(([numbers]) => numbers)).toEqual([1, 2, 3, 4])
  expect(said).toHaveLength(1)
})

test('a change that can never be written holds no other up', async () => {
  const database = open()
  const { one, put, shown, said, kept } = pen(database)
  await put(2)
  await put(1, 2, 3)
  expect(await kept()).toEqual([1, 2, 3])
  expect([one.failing, one.unsaved, said]).toEqual([false, 0, ['a change of an alarm can never be written']])
  expect(shown.slice(1)).toEqual([
    [[1], true],
    [[2], false],
    [[3], true],
  ])
})

test('a stop does not wait for a disk that stays full', async () => {
  const database = open()
  const { one, put, shown } = pen(database)
  await mayGrowTo(database, 1)
  void put(1)
  while (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await one.stop()
  expect(one.unsaved).toBe(1)
})
