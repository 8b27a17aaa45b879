import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toBatch, type SeriesReading } from '#shared/reading.ts'
import { historyEngine, type EngineOptions, type HistoryEngine } from './engine.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 0, 30)
const all = { from: 0, to: Date.UTC(2100, 0, 1) }

describe('sealed months', () => {
  let folder: string
  let store: HistoryEngine
  let now = start + 400 * day

  const make = (more: Partial<EngineOptions> = {}) => historyEngine({ clock: () => now, onProgress: () => {}, ...more })
  const open = async (more: Partial<EngineOptions> = {}) => {
    store = make(more)
    return await store.open({ folder, memoryMb: 128, threads: 2, timeZone: 'Europe/Berlin' })
  }
  const reopen = async () => {
    await store.close({})
    return await open()
  }
  const sample = (series: number, at: number, value: number | null): SeriesReading => ({ series, at, value, quality: 'good' })
  const append = (...rows: SeriesReading[]) => store.append(toBatch(rows))
  /** Five series every hour over a stretch of days, the value telling series and hour. */
  const fill = async (from: number, days: number) => {
    for (let d = 0; d < days; d++) {
      const rows = Array.from({ length: 24 * 5 }, (_, i) => {
        const at = from + d * day + Math.floor(i / 5) * hour
        return sample(i % 5, at, (i % 5) * 1e6 + (at - start) / hour)
      })
      await append(...rows)
    }
  }
  const everything = async () => {
    const lines = await Promise.all([0, 1, 2, 3, 4].map((series) => store.readings({ series, ...all, limit: 50_000 })))
    return lines.map(({ at, value, quality }) => ({ at: [...at], value: [...value], quality: [...quality] }))
  }
  const files = async () => (await readdir(join(folder, 'sealed'))).filter((name) => name.endsWith('.duckdb')).sort()

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealed-'))
    now = start + 400 * day
    await open()
  })
  afterEach(async () => {
    await Promise.allSettled([store.close({})])
    await rm(folder, { recursive: true })
  })

  it('hold what was hot, and every answer stays the same', async () => {
    await fill(start, 70)
    const before = await everything()
    const sums = await store.aggregate({ series: [0, 1, 2, 3, 4], ...span(start, 70), step: 'day' })
    await store.tidy({})
    const status = await store.status({})
    expect(status).toMatchObject({ samples: 70 * 24 * 5, hot: 0, waiting: 0 })
    expect(status.sealed.map(({ month, level, rows }) => [month, level, rows])).toEqual([
      ['2026-01', 0, 240],
      ['2026-02', 0, 28 * 120],
      ['2026-03', 0, 31 * 120],
      ['2026-04', 0, 9 * 120],
    ])
    expect(await everything()).toEqual(before)
    expect(await store.aggregate({ series: [0, 1, 2, 3, 4], ...span(start, 70), step: 'day' })).toEqual(sums)
    await reopen()
    expect(await everything()).toEqual(before)
    expect(await append(sample(0, start, 5), sample(0, start + 30 * 60_000, 6))).toEqual({ stored: 1, dropped: 1 })
  })

  it('take late samples in files of their own, which become one with the month', async () => {
    await fill(start, 40)
    await store.tidy({})
    const late = sample(3, start + 10 * day + 20 * 60_000, -7)
    await append(late)
    const before = await everything()
    expect(before[3]?.value).toContain(-7)
    await store.tidy({})
    expect((await store.status({})).sealed.map(({ month, level }) => `${month} ${level}`)).toEqual(['2026-01 0', '2026-02 9', '2026-03 0'])
    expect(await everything()).toEqual(before)
    await reopen()
    expect(await everything()).toEqual(before)
    expect((await files()).length).toBe(3)
  })

  it('give way to a correction, wherever the sample lies, until it is the only one', async () => {
    await fill(start, 40)
    await store.tidy({})
    await append(sample(0, start + 40 * day, 1))
    const corrected = toBatch([
      { series: 0, at: start, value: 99, quality: 'manual' },
      { series: 0, at: start + 40 * day, value: 98, quality: 'manual' },
      { series: 7, at: start, value: 97, quality: 'manual' },
      { series: 0, at: start, value: 96, quality: 'manual' },
    ])
    expect(await store.correct(corrected)).toEqual({ stored: 3, replaced: 2 })
    const check = async () => {
      const [line] = await everything()
      expect([line?.value[0], line?.value.at(-1), line?.quality[0], line?.at.length]).toEqual([96, 98, 5, 40 * 24 + 1])
      expect([...(await store.readings({ series: 7, ...all, limit: 5 })).value]).toEqual([97])
      const [sums] = await store.aggregate({ series: [0], from: start - hour, to: start - hour + day, step: 'day' })
      expect(sums?.max[0]).toBe(96)
      expect(sums?.count.reduce((sum, count) => sum + count)).toBe(23)
    }
    await check()
    await reopen()
    await check()
    await store.tidy({})
    await check()
    expect((await store.status({})).samples).toBe(40 * 24 * 5 + 2)
    await reopen()
    await check()
  })

  it('by themselves hold what was hot when that is much', async () => {
    await store.close({})
    await open({ sealRows: 1000 })
    await fill(start, 20)
    await expect.poll(async () => (await store.status({})).hot, { timeout: 10_000 }).toBeLessThan(1000)
    expect((await store.status({})).samples).toBe(20 * 120)
  })
})

function span(from: number, days: number): { from: number; to: number } {
  return { from, to: from + days * day }
}
