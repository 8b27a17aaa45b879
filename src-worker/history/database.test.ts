import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doubles } from './columns.ts'
import { Database, DamagedDatabase } from './database.ts'
import { firstManifest } from './manifest.ts'
import { emptyRows, type Batch } from './rows.ts'
import { Sealed } from './sealed.ts'

function batchOf(sequence: number, count = 1000): Batch {
  const rows = emptyRows(count)
  for (let i = 0; i < count; i++) {
    rows.series[i] = i
    rows.second[i] = sequence * 900
    rows.value[i] = i % 10 === 0 ? Number.NaN : sequence + i
  }
  return { ...rows, sequence, total: sequence * count, corrects: false }
}

describe('the database of the history', () => {
  let folder: string
  let database: Database

  const open = () =>
    Database.open({
      folder,
      memoryMb: 128,
      threads: 2,
      clock: () => Date.now(),
      owner: undefined,
      sealed: new Sealed(folder, firstManifest('')),
    })
  const apply = async (sequence: number) => await database.apply(sequence - 1, [batchOf(sequence)], { sequence, total: sequence * 1000 })
  const count = async (what = 'count(*)') => {
    let found = 0
    await database.read(async ({ chunks }) => {
      await chunks(`SELECT (${what})::DOUBLE FROM readings`, (chunk) => (found = doubles(chunk, 0)[0] as number))
    })
    return found
  }
  /** The open files of this process that lie in the folder. */
  const openFiles = async () => {
    const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
    return (await Promise.all(links)).filter((link) => link.startsWith(folder))
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'))
    database = await open()
  })
  afterEach(async () => {
    await database.close()
    await rm(folder, { recursive: true })
  })

  it('has batches and how far they go in one step, and knows it after it was opened again', async () => {
    expect(await apply(1)).toBe(true)
    expect(await apply(2)).toBe(true)
    const applied = { sequence: 2, total: 2000, first: 900, last: 1800, rows: 2000, base: 0, sealing: null, corrections: 0 }
    expect(database.applied).toEqual(applied)
    const { owner } = database
    await database.close()
    expect(existsSync(join(folder, 'history.duckdb.wal'))).toBe(false)
    database = await open()
    expect([database.applied, database.owner, database.notices]).toEqual([applied, owner, []])
    expect([await count(), await count('count(value)')]).toEqual([2000, 1800])
  })

  it('takes nothing when something else is applied than the caller believes', async () => {
    await apply(1)
    expect(await database.apply(0, [batchOf(1)], { sequence: 1, total: 1000 })).toBe(false)
    expect(await database.apply(5, [batchOf(6)], { sequence: 6, total: 6000 })).toBe(false)
    expect(await count()).toBe(1000)
  })

  it('shows a query one state to its end', async () => {
    await apply(1)
    const seen: number[] = []
    await database.read(async ({ sequence, chunks }) => {
      const look = () => chunks('SELECT count(*)::DOUBLE FROM readings', (chunk) => seen.push(doubles(chunk, 0)[0] as number))
      await look()
      await apply(2)
      await look()
      expect(sequence).toBe(1)
    })
    expect([...seen, await count()]).toEqual([1000, 1000, 2000])
  })

  it('has no file open after it was closed, also after queries that failed or were left', async () => {
    await apply(1)
    await expect(count('nonsense')).rejects.toMatchObject({ code: 'storage.failed' })
    await database
      .read(async ({ chunks }) => {
        await chunks('SELECT a.value FROM readings a, readings b', () => {
          throw new Error('left')
        })
      })
      .catch(() => 0)
    expect((await openFiles()).length).toBeGreaterThan(0)
    await database.close()
    expect(await openFiles()).toEqual([])
  })

  it('holds nothing of a batch that fails in the middle, now or later', async () => {
    const broken: Batch = { ...batchOf(2), second: new Uint32Array(3) }
    const failing = {
      ...broken,
      get value(): Float64Array {
        throw new Error('broken')
      },
    }
    await expect(database.apply(0, [batchOf(1), failing], { sequence: 2, total: 2000 })).rejects.toMatchObject({ code: 'storage.failed' })
    await database.ready()
    expect([database.applied.sequence, await count()]).toEqual([0, 0])
    await database.close()
    expect(await openFiles()).toEqual([])
    database = await open()
    expect(await count()).toBe(0)
  })

  it('stops a long query when it is closed', async () => {
    await apply(1)
    let chunks = 0
    const long = database.read((reader) => reader.chunks('SELECT a.value FROM readings a, readings b, readings c', () => chunks++))
    const answer = Promise.allSettled([long])
    await expect.poll(() => chunks).toBeGreaterThan(0)
    await database.close()
    expect(await answer).toMatchObject([{ status: 'rejected', reason: { code: 'cancelled' } }])
    await expect(count()).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('keeps away from files outside of its folder that a query names', async () => {
    await expect(count(`(SELECT count(*) FROM read_text('${import.meta.filename}'))`)).rejects.toMatchObject({ code: 'storage.failed' })
  })

  it('sorts more than fits into its memory by way of files beside it', async () => {
    await database.close()
    database = await Database.open({
      folder,
      memoryMb: 64,
      threads: 1,
      clock: () => Date.now(),
      owner: undefined,
      sealed: new Sealed(folder, firstManifest('')),
    })
    const rows = 800_000
    let found = 0
    await database.read(async ({ chunks }) => {
      await chunks(
        `SELECT md5(i::VARCHAR) || repeat(i::VARCHAR, 20) FROM range(${rows}) t(i) ORDER BY 1`,
        (chunk) => (found += chunk.rowCount),
      )
    })
    expect(found).toBe(rows)
  })

  it('is replaced once when several found the same damage', async () => {
    await apply(1)
    let damage: DamagedDatabase | undefined
    const finds = () =>
      database
        .read(async () => Promise.reject(new Error('Corrupt database file: computed checksum')))
        .catch((error: unknown) => {
          if (error instanceof DamagedDatabase) damage = error
        })
    await finds()
    if (!damage) throw new Error('no damage was told')
    await Promise.all([database.replace(damage, true), database.replace(damage, true)])
    await database.replace(damage, true)
    expect(database.applied).toMatchObject({ sequence: 0, rows: 0 })
    expect((await readdir(folder)).filter((name) => name.endsWith('.damaged')).length).toBe(1)
    await apply(1)
    expect(await count()).toBe(1000)
  })

  it('refuses a file of a newer version and leaves it as it is', async () => {
    await database.close()
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(join(folder, 'history.duckdb'))
    const connection = await instance.connect()
    await connection.run('UPDATE store SET layout = 3')
    connection.closeSync()
    instance.closeSync()
    await expect(open()).rejects.toMatchObject({ code: 'storage.failed', params: { reason: 'newer version' } })
    expect((await readdir(folder)).filter((name) => name.endsWith('.damaged'))).toEqual([])
  })
})
