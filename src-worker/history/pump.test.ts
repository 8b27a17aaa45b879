import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doubles } from './columns.ts'
import { Database } from './database.ts'
import { Journal } from './journal.ts'
import { firstManifest } from './manifest.ts'
import { Sealed } from './sealed.ts'
import { Pump } from './pump.ts'
import { emptyRows } from './rows.ts'
import { Waiting } from './waiting.ts'

describe('the way from the journal into the database', () => {
  let folder: string
  let journal: Journal
  let database: Database
  let pump: Pump

  const append = async (count: number) => {
    for (let i = 0; i < count; i++) await journal.append({ ...emptyRows(100), second: new Uint32Array(100).fill(journal.last + 1) })
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'))
    database = await Database.open({
      folder,
      memoryMb: 128,
      threads: 2,
      clock: () => Date.now(),
      owner: undefined,
      sealed: new Sealed(folder, firstManifest('')),
    })
    journal = await Journal.open({ folder: join(folder, 'journal'), segmentBytes: 1e9, sync: (handle) => handle.datasync() })
    journal.continueAfter(database.owner, database.applied)
    const waiting = new Waiting(journal, 1e9)
    journal.listen({ acknowledged: (batch) => waiting.add(batch), rejected: () => {} })
    pump = new Pump({ journal, database, waiting, groupRows: 1000, onProgress: () => {} })
  })
  afterEach(async () => {
    await pump.stop()
    await journal.close()
    await database.close()
    await rm(folder, { recursive: true })
  })

  it('brings a batch again that the database has lost when it had to be opened anew', async () => {
    await copyFile(join(folder, 'history.duckdb'), join(folder, 'older'))
    await append(5)
    await pump.flush()
    // After such an error the file is closed. Then an older copy takes its place.
    await expect(database.read(() => Promise.reject(new Error('INTERNAL Error: made up')))).rejects.toThrow('made up')
    await expect.poll(() => existsSync(join(folder, 'history.duckdb.wal'))).toBe(false)
    await copyFile(join(folder, 'older'), join(folder, 'history.duckdb'))
    await pump.flush()
    const counts: number[] = []
    await database.read(({ chunks }) =>
      chunks('SELECT count(*)::DOUBLE FROM readings', (chunk) => counts.push(doubles(chunk, 0)[0] as number)),
    )
    expect(counts).toEqual([500])
    await append(2)
    await pump.flush()
    expect(database.applied).toMatchObject({ sequence: 7, total: 700, rows: 700 })
    expect(pump.failure).toBeUndefined()
  })
})
