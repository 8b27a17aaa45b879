import { cpSync } from 'node:fs'
import { mkdtemp, open as openHandle, readdir, rm, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toBatch, type SeriesReading } from '#shared/reading.ts'
import { conformance } from './conformance.ts'
import { historyEngine, type EngineOptions, type HistoryEngine } from './engine.ts'

const options = { clock: () => Date.now(), onProgress: () => {} }
const start = Date.UTC(2026, 0, 1)
const all = { from: 0, to: Date.UTC(2100, 0, 1), limit: 1000 }

conformance('journal and DuckDB', () => historyEngine(options))

describe('journal and DuckDB together', () => {
  let folder: string
  let store: HistoryEngine

  const open = async (more: Partial<EngineOptions> = {}, place = folder) => {
    store = historyEngine({ ...options, ...more })
    return await store.open({ folder: place, memoryMb: 128, threads: 2 })
  }
  const sample = (series: number, second: number, value: number | null = series): SeriesReading => ({
    series,
    at: start + second * 1000,
    value,
    quality: 'good',
  })
  const append = (...rows: SeriesReading[]) => store.append(toBatch(rows))
  const seconds = async (series: number) => [...(await store.readings({ series, ...all })).at].map((at) => (at - start) / 1000)
  const inDatabase = async () => {
    await expect.poll(async () => (await store.status({})).waiting, { timeout: 10_000 }).toBe(0)
  }
  /** The folder as a kill would leave it now; only when nothing is under way. */
  const image = () => {
    const copy = `${folder}-image`
    cpSync(folder, copy, { recursive: true })
    return copy
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'))
  })
  afterEach(async () => {
    await Promise.allSettled([store.close({})])
    await rm(folder, { recursive: true })
    await rm(`${folder}-image`, { recursive: true, force: true })
  })

  it('stores a batch that is given again after it was refused', async () => {
    let failing = true
    const sync = async (handle: FileHandle) => {
      if (failing) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      await handle.datasync()
    }
    await open({ sync })
    await expect(append(sample(1, 0), sample(2, 0))).rejects.toMatchObject({ code: 'storage.full' })
    expect([await seconds(1), (await store.latest({})).series.length, (await store.status({})).samples]).toEqual([[], 0, 0])
    failing = false
    expect(await append(sample(1, 0), sample(2, 0))).toEqual({ stored: 2, dropped: 0 })
    await store.close({})
    await open()
    expect([await seconds(1), await seconds(2)]).toEqual([[0], [0]])
  })

  it('does not take a sample for stored because another append of it is under way that fails', async () => {
    let fail: (error: Error) => void = () => {}
    let asked: () => void = () => {}
    const waits = new Promise<void>((resolve) => (asked = resolve))
    let first = true
    const sync = async (handle: FileHandle) => {
      if (!first) return await handle.datasync()
      first = false
      asked()
      await new Promise((_resolve, reject) => (fail = reject))
    }
    await open({ sync })
    const refused = Promise.allSettled([append(sample(1, 10))])
    await waits
    // The second one is being looked up while the first one fails.
    const second = append(sample(1, 10), sample(1, 5))
    await Promise.resolve()
    fail(Object.assign(new Error('i/o error'), { code: 'EIO' }))
    expect(await refused).toMatchObject([{ status: 'rejected', reason: { code: 'storage.failed' } }])
    expect(await second).toEqual({ stored: 2, dropped: 0 })
    expect(await seconds(1)).toEqual([5, 10])
  })

  it('rejects an append without new samples when those it repeats are refused', async () => {
    let fail: (error: Error) => void = () => {}
    await open({ sync: () => new Promise((_resolve, reject) => (fail = reject)) })
    const answers = Promise.allSettled([append(sample(1, 10)), append(sample(1, 10))])
    await expect.poll(async () => (await readdir(join(folder, 'journal'))).length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    fail(Object.assign(new Error('i/o error'), { code: 'EIO' }))
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('knows a sample that only the database has, because its record in the journal is damaged and later ones are not', async () => {
    await open()
    await append(sample(3, 0))
    await store.close({})
    await open()
    await append(sample(1, 0))
    await append(sample(2, 100))
    await inDatabase()
    const copy = image()
    await store.close({})
    await flip(join(copy, 'journal', '000000000002.log'), 80)
    expect((await open({}, copy)).notice).toContain('1 damaged place')
    expect(await append(sample(1, 0))).toEqual({ stored: 0, dropped: 1 })
  })

  it('knows the newest samples after a kill when one batch came since their copy', async () => {
    await open()
    await append(sample(1, 0))
    await store.close({})
    await open()
    await append(sample(2, 50))
    const copy = image()
    await store.close({})
    await open({}, copy)
    expect([...(await store.latest({})).series]).toEqual([1, 2])
    expect(await append(sample(2, 50), sample(1, 0))).toEqual({ stored: 0, dropped: 2 })
  })

  it('does not believe a copy of the newest samples that is ahead of journal and database', async () => {
    await open()
    await append(sample(1, 0))
    await inDatabase()
    const copy = image()
    await append(sample(1, 100, 7))
    await store.close({})
    cpSync(join(folder, 'latest'), join(copy, 'latest'))
    await open({}, copy)
    expect([...(await store.latest({})).value]).toEqual([1])
    expect(await append(sample(1, 100))).toEqual({ stored: 1, dropped: 0 })
  })

  it('finds in the database that the newest sample of a series has no value', async () => {
    await open()
    await append(sample(1, 0, 5))
    await append(sample(1, 10, null))
    await store.close({})
    await unlink(join(folder, 'latest'))
    await open()
    const { at, value } = await store.latest({})
    expect([...at, ...value]).toEqual([start + 10_000, Number.NaN])
  })

  it('does not wait for ever for a batch that can no longer be read back', async () => {
    await open({ waitingBytes: 1 })
    for (const second of [0, 10, 20]) await append(sample(1, second))
    const [name] = await readdir(join(folder, 'journal'))
    await flip(join(folder, 'journal', name as string), 32 + 2 * 57 + 50)
    await inDatabase()
    expect(await seconds(1)).toEqual([0, 10])
    const { state, samples, notice } = await store.status({})
    expect([state, samples]).toEqual(['ready', 2])
    expect(notice).toContain('1 damaged place')
  })
})

async function flip(path: string, at: number): Promise<void> {
  const handle = await openHandle(path, 'r+')
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at)
  await handle.write(Buffer.from([(buffer[0] as number) ^ 1]), 0, 1, at)
  await handle.close()
}
