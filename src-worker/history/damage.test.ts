import { cpSync } from 'node:fs'
import { cp, mkdir, mkdtemp, open as openHandle, readdir, readFile, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyBatch, type ReadingBatch } from '#shared/reading.ts'
import { historyEngine, type EngineOptions, type HistoryEngine } from './engine.ts'

const start = Date.UTC(2026, 0, 1)
const seriesCount = 2000
const batches = 60
const all = { from: 0, to: Date.UTC(2100, 0, 1) }

/** Batch i of every series, its values all different from those of other batches. */
function batchAt(i: number): ReadingBatch {
  const batch = emptyBatch(seriesCount)
  for (let series = 0; series < seriesCount; series++) {
    batch.series[series] = series
    batch.at[series] = start + i * 900_000
    batch.value[series] = i * 10 + series / 10
    batch.quality[series] = series % 7
  }
  return batch
}

describe('a damaged history', () => {
  /** A folder as a kill leaves it: packed segments, an open one, a database with a log. `older`: the same, 20 batches before. */
  let images: string
  let folder: string
  let store: HistoryEngine
  let progress: { done: number; total: number }[]
  const file = (name: string) => join(folder, name)
  const limits: Partial<EngineOptions> = { segmentBytes: 600_000, latestRows: 32_000 }

  const make = () => historyEngine({ clock: () => Date.now(), onProgress: (told) => progress.push(told), ...limits })
  const open = () => store.open({ folder, memoryMb: 128, threads: 2 })
  const aside = async () => (await readdir(folder)).filter((name) => name.endsWith('.damaged'))

  /** Every one of the first `count` batches is there, with every value, and a repeated one is known. */
  const expectWhole = async (count = batches, missing: readonly number[] = []) => {
    const kept = Array.from({ length: count }, (_, i) => i).filter((i) => !missing.includes(i))
    for (const series of [0, 777, seriesCount - 1]) {
      const line = await store.readings({ series, ...all, limit: 50_000 })
      expect([...line.at]).toEqual(kept.map((i) => start + i * 900_000))
      expect([...line.value]).toEqual(kept.map((i) => i * 10 + series / 10))
      expect(new Set(line.quality)).toEqual(new Set([series % 7]))
    }
    expect(await store.append(batchAt(kept.at(-1) as number))).toEqual({ stored: 0, dropped: seriesCount })
    expect(await store.append(batchAt(kept[2] as number))).toEqual({ stored: 0, dropped: seriesCount })
    await expect
      .poll(() => store.status({}), { timeout: 10_000 })
      .toMatchObject({ state: 'ready', samples: kept.length * seriesCount, waiting: 0 })
    expect(await store.append(batchAt(200))).toEqual({ stored: seriesCount, dropped: 0 })
    const { at } = await store.latest({})
    expect(new Set(at)).toEqual(new Set([start + 200 * 900_000]))
  }

  beforeAll(async () => {
    images = await mkdtemp(join(tmpdir(), 'history-'))
    progress = []
    const source = join(images, 'source')
    store = make()
    await store.open({ folder: source, memoryMb: 128, threads: 2 })
    const quiet = async (packed: number) => {
      await vi.waitUntil(async () => (await store.status({})).waiting === 0, 10_000)
      await vi.waitUntil(
        async () => (await readdir(join(source, 'journal'))).filter((name) => /^\d+\.zst$/.test(name)).length === packed,
        10_000,
      )
    }
    for (let i = 0; i < batches - 3; i++) {
      await store.append(batchAt(i))
      if (i !== 39) continue
      await quiet(2)
      cpSync(source, join(images, 'older'), { recursive: true })
    }
    await quiet(3)
    for (let i = batches - 3; i < batches; i++) await store.append(batchAt(i))
    cpSync(source, join(images, 'killed'), { recursive: true })
    await store.close({})
    await cp(source, join(images, 'closed'), { recursive: true })
  }, 60_000)
  afterAll(() => rm(images, { recursive: true }))

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'))
    await cp(join(images, 'killed'), folder, { recursive: true })
    progress = []
    store = make()
  })
  afterEach(async () => {
    await Promise.allSettled([store.close({})])
    await rm(folder, { recursive: true })
  })

  it('is none when the process was only killed', async () => {
    expect((await stat(file('history.duckdb.wal'))).size).toBeGreaterThan(1000)
    expect(await open()).toMatchObject({ state: 'ready', samples: batches * seriesCount, notice: null })
    await expectWhole()
    expect(await aside()).toEqual([])
  })

  it('is filled again when the database log is gone', async () => {
    await unlink(file('history.duckdb.wal'))
    expect((await open()).state).toBe('ready')
    await expectWhole()
  })

  it.for([
    ['garbage', 0],
    ['garbage', 5000],
    ['zeros', 0],
    ['zeros', 20_000],
    ['flipped', 100],
    ['flipped', 30_000],
    ['cut', 3],
    ['cut', 40_000],
  ] as const)('is filled again when the database log has %s at %i, and the log is kept if it cannot be used', async ([kind, at]) => {
    await damage(file('history.duckdb.wal'), kind, at)
    const { notice } = await open()
    await expectWhole()
    expect((await aside()).length > 0).toBe(notice !== null)
  })

  it.for([
    ['garbage', 0],
    ['zeros', 0],
    ['zeros', 4096],
    ['cut', 0],
    ['cut', 10],
    ['cut', 5000],
  ] as const)('is made anew when the database file has %s at %i; both files are kept', async ([kind, at]) => {
    await damage(file('history.duckdb'), kind, at)
    const { notice } = await open()
    expect(notice).toContain('journal')
    await expectWhole()
    expect((await aside()).some((name) => /^history\.duckdb\.2.*\.damaged$/.test(name))).toBe(true)
    expect(progress.at(-1)).toMatchObject({ done: progress.at(-1)?.total })
  })

  it('is made anew when a place that only a question touches is damaged', async () => {
    const blocks = 262_144
    let found = 0
    for (let at = 12_288 + 1000; at < (await stat(join(images, 'closed', 'history.duckdb'))).size; at += blocks) {
      await rm(folder, { recursive: true })
      await cp(join(images, 'closed'), folder, { recursive: true })
      await damage(file('history.duckdb'), 'flipped', at)
      const { notice } = await open()
      expect(await store.append(batchAt(2))).toEqual({ stored: 0, dropped: seriesCount })
      await expectWhole()
      if (notice === null && (await store.status({})).notice?.includes('Kept as history.duckdb')) found++
      await store.close({})
    }
    expect(found).toBeGreaterThan(0)
    await open()
  })

  it('is made anew when the database file is missing, with its log kept', async () => {
    await unlink(file('history.duckdb'))
    expect((await open()).state).toBe('ready')
    await expectWhole()
    expect((await aside()).some((name) => name.startsWith('history.duckdb.wal.'))).toBe(true)
  })

  it('is none when the making of a database was interrupted', async () => {
    await writeFile(file('history.duckdb.new'), 'half')
    await writeFile(file('history.duckdb.new.wal'), 'half')
    await mkdir(file('spill'))
    await writeFile(join(file('spill'), 'duckdb_temp_storage-0.tmp'), 'half')
    expect((await open()).notice).toBeNull()
    await expectWhole()
    const names = await readdir(folder)
    expect(['history.duckdb.new', 'history.duckdb.new.wal', 'spill'].filter((name) => names.includes(name))).toEqual([])
  })

  it('is filled up when an older copy of the database stands in its place', async () => {
    for (const name of ['history.duckdb', 'history.duckdb.wal']) await rm(file(name))
    await cp(join(images, 'older', 'history.duckdb'), file('history.duckdb'))
    expect((await open()).notice).toBeNull()
    await expectWhole()
  })

  it("puts another store's database aside", async () => {
    const other = make()
    const place = join(images, 'other')
    await other.open({ folder: place, memoryMb: 128, threads: 2 })
    await other.append(batchAt(500))
    await other.close({})
    await unlink(file('history.duckdb.wal'))
    await cp(join(place, 'history.duckdb'), file('history.duckdb'))
    await rm(place, { recursive: true })
    expect((await open()).notice).toContain('another store')
    await expectWhole()
  })

  it.for([
    ['garbage', 0],
    ['flipped', 200],
    ['cut', 1000],
    ['cut', 0],
  ] as const)('is none when the copy of the newest samples has %s at %i', async ([kind, at]) => {
    await damage(file('latest'), kind, at)
    expect((await open()).state).toBe('ready')
    await expectWhole()
  })

  it('knows the newest samples when their copy is older or gone', async () => {
    await cp(join(images, 'older', 'latest'), file('latest'))
    expect((await open()).state).toBe('ready')
    await expectWhole()
    await store.close({})
    await unlink(file('latest'))
    await open()
    expect(new Set((await store.latest({})).at)).toEqual(new Set([start + 200 * 900_000]))
  })

  it('knows the newest samples when their copy and the database are both gone', async () => {
    for (const name of ['latest', 'history.duckdb', 'history.duckdb.wal']) await unlink(file(name))
    expect((await open()).state).toBe('ready')
    await expectWhole()
  })

  it('drops nothing twice and loses nothing when the journal ends in a torn record that was never acknowledged', async () => {
    const name = (await readdir(file('journal'))).filter((found) => found.endsWith('.log')).at(-1) as string
    const path = join(file('journal'), name)
    await writeFile(path, (await readFile(path)).subarray(0, 20_000), { flag: 'a' })
    await truncate(path, (await stat(path)).size - 5)
    expect((await open()).state).toBe('ready')
    await expectWhole()
    expect(await readdir(file('journal'))).toContain(`${name}.damaged`)
  })

  it('loses only the batch that a flipped bit in the journal is in, when the database is gone too', async () => {
    for (const name of ['history.duckdb', 'history.duckdb.wal']) await unlink(file(name))
    const names = (await readdir(file('journal'))).sort()
    const last = names.filter((name) => name.endsWith('.log')).at(-1) as string
    const first = Number.parseInt(last, 10) - 1
    await damage(join(file('journal'), last), 'flipped', 500)
    const { notice } = await open()
    expect(notice).toContain('1 damaged place')
    await expectWhole(batches, [first])
  })

  it('keeps what the database has when the journal is gone', async () => {
    await rm(file('journal'), { recursive: true })
    await open()
    const line = await store.readings({ series: 777, ...all, limit: 50_000 })
    expect(line.at.length).toBeGreaterThanOrEqual(batches - 3)
    await expectWhole(line.at.length)
    await store.close({})
    await open()
    expect((await store.status({})).samples).toBe((line.at.length + 1) * seriesCount)
  })

  it('takes new and older samples and knows the newest while it is filled again; questions wait until then', async () => {
    await rm(file('history.duckdb'))
    store = historyEngine({ clock: () => Date.now(), onProgress: (told) => progress.push(told), promptRows: 0, groupRows: seriesCount })
    expect(await open()).toMatchObject({ state: 'refilling', samples: batches * seriesCount })
    const asked = store.readings({ series: 5, ...all, limit: 50_000 })
    const repeated = store.append(batchAt(3))
    expect((await store.latest({})).at[0]).toBe(start + (batches - 1) * 900_000)
    expect((await store.append(batchAt(100))).stored).toBe(seriesCount)
    const { state, waiting } = await store.status({})
    expect(state).toBe('refilling')
    expect(waiting).toBeGreaterThan(seriesCount)
    expect((await asked).at.length).toBeGreaterThanOrEqual(batches)
    expect(progress.map(({ done }) => done)).toEqual(Array.from({ length: batches + 1 }, (_, i) => i))
    expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([batches]))
    expect(await repeated).toEqual({ stored: 0, dropped: seriesCount })
  })

  it('goes on with the filling at the next opening when it is closed meanwhile', async () => {
    await rm(file('history.duckdb'))
    store = historyEngine({ clock: () => Date.now(), onProgress: (told) => progress.push(told), promptRows: 0, groupRows: seriesCount })
    await open()
    const asked = store.readings({ series: 5, ...all, limit: 50_000 })
    const [answer] = await Promise.allSettled([asked, store.close({})])
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
    const { samples, waiting } = await open()
    expect(samples).toBe(batches * seriesCount)
    expect(waiting).toBeGreaterThan(0)
    await expectWhole()
  })

  it.for(['', '{"pid":1', 'garbage'])('is opened when the lock file holds "%s"', async (text) => {
    await writeFile(file('lock'), text)
    expect((await open()).state).toBe('ready')
    await expectWhole()
  })

  async function damage(path: string, kind: 'garbage' | 'zeros' | 'flipped' | 'cut', at: number): Promise<void> {
    if (kind === 'cut') return await truncate(path, at)
    const handle = await openHandle(path, 'r+')
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(kind === 'flipped' ? 1 : 100_000), 0, undefined, at)
    const bytes = buffer.subarray(0, bytesRead)
    bytes.forEach((byte, i) => (bytes[i] = kind === 'zeros' ? 0 : kind === 'flipped' ? byte ^ 4 : (i * 31 + 7) & 0xff))
    await handle.write(bytes, 0, bytes.length, at)
    await handle.close()
  }
})
