import { copyFile, cp, mkdtemp, readdir, readFile, rm, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toBatch, type SeriesReading } from '#shared/reading.ts'
import { historyEngine, type EngineOptions, type HistoryEngine } from './engine.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 0, 1)
const all = { from: 0, to: Date.UTC(2100, 0, 1), limit: 50_000 }

describe('the care of sealed months', () => {
  let folder: string
  let store: HistoryEngine
  let now: number

  const open = async (more: Partial<EngineOptions> = {}) => {
    store = historyEngine({ clock: () => now, onProgress: () => {}, segmentBytes: 30_000, ...more })
    return await store.open({ folder, memoryMb: 128, threads: 2, timeZone: 'UTC' })
  }
  const fill = async (from: number, days: number) => {
    for (let d = 0; d < days; d++) {
      const rows: SeriesReading[] = []
      for (let at = from + d * day; at < from + (d + 1) * day; at += hour) {
        for (const series of [1, 2]) rows.push({ series, at, value: (at - start) / hour + series / 4, quality: 'good' })
      }
      await store.append(toBatch(rows))
    }
  }
  const values = async (series: number) => [...(await store.readings({ series, ...all })).value]
  const sealedPath = (name: string) => join(folder, 'sealed', name)
  const firstSealed = async () => (await store.status({})).sealed[0]?.name ?? ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidy-'))
    now = Date.UTC(2026, 3, 20)
    await open()
    await fill(start, 90)
    await store.tidy({})
  })
  afterEach(async () => {
    await Promise.allSettled([store.close({})])
    await rm(folder, { recursive: true })
  })

  it('lets go of samples that are not to be kept, a whole month at a time, and keeps their days', async () => {
    const sums = await store.aggregate({ series: [1], from: start, to: start + 90 * day, step: 'day' })
    const other = await values(2)
    await store.keep({ series: Uint32Array.of(1, 2), register: Uint8Array.of(0, 0), keepDays: Uint32Array.of(60, 0) })
    await store.tidy({})
    const line = await store.readings({ series: 1, ...all })
    expect(new Date(line.at[0] ?? 0).toISOString()).toBe('2026-02-01T00:00:00.000Z')
    expect(await store.aggregate({ series: [1], from: start, to: start + 90 * day, step: 'day' })).toEqual(sums)
    expect(await values(2)).toEqual(other)
    await store.close({})
    await open()
    expect(await store.aggregate({ series: [1], from: start, to: start + 90 * day, step: 'day' })).toEqual(sums)
  })

  it('lets nothing go because the clock jumped years ahead', async () => {
    const before = await values(1)
    now = Date.UTC(2040, 0, 1)
    await store.append(toBatch([{ series: 1, at: now, value: 1, quality: 'good' }]))
    await store.keep({ series: Uint32Array.of(1), register: Uint8Array.of(0), keepDays: Uint32Array.of(365) })
    await store.tidy({})
    expect(await values(1)).toEqual([...before, 1])
  })

  for (const damage of ['gone', 'cut', 'changed in the middle'] as const) {
    it(`makes a file that is ${damage} anew from the journal`, async () => {
      const before = await values(1)
      const name = await firstSealed()
      await store.close({})
      const bytes = await readFile(sealedPath(name))
      if (damage === 'gone') await unlink(sealedPath(name))
      if (damage === 'cut') await writeFile(sealedPath(name), bytes.subarray(0, bytes.length - 5000))
      if (damage === 'changed in the middle') await writeFile(sealedPath(name), bytes.fill(7, 12_288 + 8, bytes.length))
      await open()
      // Damage that only a look into the file finds is found by the first question.
      await values(1)
      await expect.poll(async () => (await store.status({})).state, { timeout: 20_000 }).toBe('ready')
      await store.tidy({})
      expect(await values(1)).toEqual(before)
      expect((await store.status({})).notice).toContain('made anew from the journal')
      const aside = (await readdir(join(folder, 'sealed'))).filter((found) => found.endsWith('.damaged'))
      expect(aside.length).toBe(damage === 'gone' ? 0 : 1)
      await store.close({})
      expect((await open()).notice).toBeNull()
      expect(await values(1)).toEqual(before)
    })
  }

  it('does not take another file of the same size for its own', async () => {
    const before = await values(1)
    const [first = '', second = ''] = (await store.status({})).sealed.map(({ name }) => name)
    await store.close({})
    const { size } = await stat(sealedPath(second))
    await copyFile(sealedPath(first), sealedPath(second))
    await truncate(sealedPath(second), size)
    await open()
    await values(1)
    await expect.poll(async () => (await store.status({})).state, { timeout: 20_000 }).toBe('ready')
    expect(await values(1)).toEqual(before)
    expect((await store.status({})).notice).toContain('could not be read')
  })

  it('lets go of the old journal only behind sealed samples, and says what is lost when a file is damaged then', async () => {
    const journal = join(folder, 'journal')
    const before = (await readdir(journal)).length
    for (const name of await readdir(journal)) await utimes(join(journal, name), 1, 1)
    await store.tidy({})
    expect((await readdir(journal)).length).toBeLessThan(before)
    const name = await firstSealed()
    await store.close({})
    await unlink(sealedPath(name))
    const status = await open()
    expect(status.notice).toContain('Readings of 2026-01 are missing until a backup is restored')
    expect((await values(1)).length).toBe(59 * 24)
    expect(await store.append(toBatch([{ series: 1, at: start + 200 * day, value: 1, quality: 'good' }]))).toEqual({
      stored: 1,
      dropped: 0,
    })
  })

  it('goes on with sealed months when the journal or the hot database is lost', async () => {
    const before = await values(1)
    await store.close({})
    await rm(join(folder, 'journal'), { recursive: true })
    await open()
    expect(await values(1)).toEqual(before)
    await store.append(toBatch([{ series: 1, at: start + 200 * day, value: 5, quality: 'good' }]))
    await store.close({})
    for (const name of ['history.duckdb', 'latest']) await rm(join(folder, name))
    await open()
    expect(await values(1)).toEqual([...before, 5])
    expect((await store.latest({})).value[0]).toBe(5)
  })

  it('reads the other list of sealed files when one is damaged, and starts over from the journal when both are', async () => {
    const before = await values(1)
    for (const damaged of [['manifest'], ['manifest.copy'], ['manifest', 'manifest.copy']]) {
      await store.close({})
      for (const name of damaged) await writeFile(sealedPath(name), 'rubbish')
      expect((await open()).notice).not.toBeNull()
      expect(await values(1)).toEqual(before)
      await store.tidy({})
      expect(await values(1)).toEqual(before)
    }
  })

  it('refuses a folder whose list was made by a newer program, and leaves it as it is', async () => {
    await store.close({})
    const copy = `${folder}-copy`
    const text = await readFile(sealedPath('manifest'), 'utf8')
    const { createHash } = await import('node:crypto')
    const body = (text.split('\n')[1] ?? '').replace('"layout":1', '"layout":2')
    const newer = `${createHash('sha256').update(body).digest('hex')}\n${body}\n`
    for (const name of ['manifest', 'manifest.copy']) await writeFile(sealedPath(name), newer)
    await cp(folder, copy, { recursive: true })
    await expect(open()).rejects.toMatchObject({ code: 'storage.failed', params: { reason: 'newer version' } })
    expect((await readdir(join(folder, 'sealed'))).sort()).toEqual((await readdir(join(copy, 'sealed'))).sort())
    await rm(copy, { recursive: true })
  })

  it('ends a question that nobody waits for any more', async () => {
    const asked = store.samples({ series: [1, 2], from: 0, to: all.to, query: 'mine' })
    const waiting = Array.from({ length: 4 }, () => store.samples({ series: [1], from: 0, to: all.to, query: 'mine' }))
    await store.cancel({ query: 'mine' })
    const answers = await Promise.allSettled([asked, ...waiting])
    expect(answers.some((answer) => answer.status === 'rejected' && answer.reason.code === 'cancelled')).toBe(true)
    expect((await values(1)).length).toBe(90 * 24)
  })
})
