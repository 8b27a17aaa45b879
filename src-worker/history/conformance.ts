import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { qualities, toBatch, type Quality, type ReadingBatch, type SeriesReading } from '#shared/reading.ts'
import type { HistoryEngine } from './engine.ts'

const start = Date.UTC(2026, 0, 15, 12)
const all = { from: 0, to: Date.UTC(2100, 0, 1) }

function sample(series: number, at: number, value: number | null = 20, quality: Quality = 'good'): SeriesReading {
  return { series, at, value, quality }
}

/** What every engine behind HistoryPort keeps. `make` answers an engine without a folder; each test opens it on a new one. */
export function conformance(name: string, make: () => HistoryEngine): void {
  describe(`${name} as a history store`, () => {
    let folder: string
    let store: HistoryEngine

    const open = () => store.open({ folder, memoryMb: 128, threads: 2 })
    const reopen = async () => {
      await store.close({})
      store = make()
      return await open()
    }
    const append = (...rows: SeriesReading[]) => store.append(toBatch(rows))
    const read = async (series: number, range = all, limit = 50_000) => await store.readings({ series, ...range, limit })
    const pairs = async (series: number, range = all) => {
      const { at, value } = await read(series, range)
      return [...at].map((time, i) => [time - start, value[i]])
    }

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'history-'))
      store = make()
      await open()
    })
    afterEach(async () => {
      await Promise.allSettled([store.close({})])
      await rm(folder, { recursive: true })
    })

    it('gives back every sample with its second, value and quality, at once and after it was opened again', async () => {
      const rows = qualities.map((quality, i) => sample(i % 2, start + i * 1000, i === 3 ? null : i * -1.5, quality))
      expect(await append(...rows)).toEqual({ stored: qualities.length, dropped: 0 })
      const check = async () => {
        for (const series of [0, 1]) {
          const mine = rows.filter((row) => row.series === series)
          const line = await read(series)
          expect(line).toMatchObject({ series, stored: mine.length, min: null, max: null })
          expect([...line.at]).toEqual(mine.map((row) => row.at))
          expect([...line.value]).toEqual(mine.map((row) => row.value ?? Number.NaN))
          expect([...line.quality]).toEqual(mine.map((row) => qualities.indexOf(row.quality)))
        }
      }
      await check()
      await reopen()
      await check()
    })

    it('keeps values to the last bit', async () => {
      const values = [0.1, -0, 5e-324, Number.MAX_VALUE, 1 / 3, Infinity, -Infinity, 2 ** 53 + 2]
      await append(...values.map((value, i) => sample(1, start + i * 1000, value)))
      await reopen()
      expect([...(await read(1)).value]).toEqual(values)
    })

    it('stores the whole second of a time', async () => {
      await append(sample(1, start + 999), sample(1, start + 1000.7))
      expect(await pairs(1)).toEqual([
        [0, 20],
        [1000, 20],
      ])
    })

    it('drops a sample whose series and second are stored, keeping the first value', async () => {
      await append(sample(1, start, 20), sample(2, start, 30))
      expect(await append(sample(1, start + 400, 99), sample(2, start + 1000, 31))).toEqual({ stored: 1, dropped: 1 })
      await reopen()
      expect(await append(sample(1, start, 98), sample(2, start + 1000, 97))).toEqual({ stored: 0, dropped: 2 })
      expect(await pairs(1)).toEqual([[0, 20]])
      expect(await pairs(2)).toEqual([
        [0, 30],
        [1000, 31],
      ])
    })

    it('drops repeated samples within one batch, in any order', async () => {
      expect(await append(sample(1, start + 1000, 1), sample(1, start, 2), sample(1, start, 3), sample(1, start + 1000, 4))).toEqual({
        stored: 2,
        dropped: 2,
      })
      expect(await pairs(1)).toEqual([
        [0, 2],
        [1000, 1],
      ])
    })

    it('takes older samples that are missing, between stored ones, and gives them back in order', async () => {
      await append(sample(1, start, 0), sample(1, start + 4000, 4))
      expect(await append(sample(1, start + 2000, 2), sample(1, start + 4000, 99), sample(1, start - 1000, -1))).toEqual({
        stored: 2,
        dropped: 1,
      })
      await reopen()
      expect(await append(sample(1, start + 1000, 1), sample(1, start + 2000, 99))).toEqual({ stored: 1, dropped: 1 })
      expect(await pairs(1)).toEqual([
        [-1000, -1],
        [0, 0],
        [1000, 1],
        [2000, 2],
        [4000, 4],
      ])
    })

    it('stores a sample once when it is given several times at the same moment', async () => {
      await append(sample(1, start + 60_000))
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => append(sample(1, start), sample(2, start), sample(1, start + 61_000))),
      )
      expect(answers.reduce((sum, { stored }) => sum + stored, 0)).toBe(3)
      expect(await pairs(1)).toEqual([
        [0, 20],
        [60_000, 20],
        [61_000, 20],
      ])
      expect((await store.status({})).samples).toBe(4)
    })

    it('takes ranges half open', async () => {
      await append(...[0, 1, 2, 3].map((i) => sample(1, start + i * 1000, i)))
      const values = async (from: number, to: number) => (await pairs(1, { from: start + from, to: start + to })).map(([, value]) => value)
      expect(await values(1000, 3000)).toEqual([1, 2])
      expect(await values(1001, 3001)).toEqual([2, 3])
      expect(await values(999, 1000)).toEqual([])
      expect(await values(0, 1)).toEqual([0])
      expect(await values(3000, 1000)).toEqual([])
    })

    it('gives samples in pages that together are all of them, once', async () => {
      await append(...Array.from({ length: 25 }, (_, i) => sample(1, start + i * 1000, i)))
      const seen: number[] = []
      let from = 0
      for (let page = 0; page < 3; page++) {
        const { at, value, stored } = await read(1, { from, to: all.to }, 10)
        expect(stored).toBe(25 - seen.length)
        seen.push(...value)
        from = (at.at(-1) as number) + 1
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => i))
      expect((await read(1, { from, to: all.to }, 10)).stored).toBe(0)
    })

    it('gives the oldest samples first in a page, in whatever order they came', async () => {
      for (const i of [7, 3, 9, 1, 5, 8, 2]) await append(sample(1, start + i * 1000, i))
      expect([...(await read(1, all, 3)).value]).toEqual([1, 2, 3])
      await reopen()
      expect([...(await read(1, all, 3)).value]).toEqual([1, 2, 3])
      await append(sample(1, start + 4000, 4), sample(1, start, 0))
      expect([...(await read(1, all, 5)).value]).toEqual([0, 1, 2, 3, 4])
      await reopen()
      expect([...(await read(1, all, 5)).value]).toEqual([0, 1, 2, 3, 4])
    })

    it('charts a short line as it is and answers the series in the order asked, also those without samples', async () => {
      await append(sample(5, start, 1), sample(5, start + 1000, 2), sample(3, start, 7))
      const lines = await store.chart({ series: [3, 9, 5], from: start, to: start + 2000, width: 100 })
      expect(lines.map(({ series, stored }) => [series, stored])).toEqual([
        [3, 1],
        [9, 0],
        [5, 2],
      ])
      expect([...(lines[2]?.value ?? [])]).toEqual([1, 2])
      expect(lines[2]?.min).toBeNull()
    })

    it('charts a long line with the bounds of every bucket', async () => {
      await append(...Array.from({ length: 5000 }, (_, i) => sample(1, start + i * 1000, i === 2500 ? 400 : i % 10)))
      const check = async () => {
        const [line] = await store.chart({ series: [1], ...all, width: 100 })
        expect(line?.stored).toBe(5000)
        expect(line?.at.length).toBeLessThan(110)
        expect([line?.at[0], line?.at.at(-1)]).toEqual([start, start + 4_999_000])
        expect(Math.max(...(line?.max ?? []))).toBe(400)
        expect(Math.min(...(line?.min ?? []))).toBe(0)
      }
      await check()
      await reopen()
      await check()
    })

    it('keeps every row of a large batch of many series and seconds', async () => {
      const count = 9000
      const rows = Array.from({ length: count }, (_, i) =>
        sample(i % 3000, start + i * 7000, i % 11 === 0 ? null : i / 8, qualities[i % 7]),
      )
      await append(...rows)
      await reopen()
      const found: SeriesReading[] = []
      for (let first = 0; first < 3000; first += 500) {
        const series = Array.from({ length: 500 }, (_, i) => first + i)
        for (const { series: number, at, value, quality } of await store.chart({ series, ...all, width: 1000 })) {
          at.forEach((time, i) =>
            found.push(sample(number, time, Number.isNaN(value[i]) ? null : (value[i] as number), qualities[quality[i] as number])),
          )
        }
      }
      expect(found.sort((a, b) => a.at - b.at)).toEqual(rows)
      expect((await store.latest({})).series.length).toBe(3000)
    })

    it('breaks a charted line at a hole', async () => {
      await append(...[0, 1, 2, 3, 4, 20, 21, 22, 23, 24].map((i) => sample(1, start + i * 1000, i)))
      const [line] = await store.chart({ series: [1], ...all, width: 100 })
      expect([...(line?.value ?? [])]).toEqual([0, 1, 2, 3, 4, Number.NaN, 20, 21, 22, 23, 24])
      expect(line?.stored).toBe(10)
    })

    it('knows the newest sample of every series, also after it was opened again', async () => {
      await append(sample(1, start, 1), sample(2, start, 2), sample(1, start + 5000, null, 'offline'))
      await append(sample(2, start - 5000, 3))
      const check = async () => {
        const { series, at, value, quality } = await store.latest({})
        const rows = [...series].map((number, i) => [number, at[i], value[i], quality[i]])
        expect(rows.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
          [1, start + 5000, Number.NaN, 2],
          [2, start, 2, 0],
        ])
      }
      await check()
      await reopen()
      await check()
    })

    it('tells how much is stored', async () => {
      expect(await store.status({})).toMatchObject({ state: 'ready', samples: 0, first: null, last: null, waiting: 0, notice: null })
      await append(sample(1, start), sample(2, start + 7000))
      expect(await store.status({})).toMatchObject({ state: 'ready', samples: 2, first: start, last: start + 7000, notice: null })
      const status = await reopen()
      expect(status).toMatchObject({ state: 'ready', samples: 2, first: start, last: start + 7000, waiting: 0, notice: null })
      expect(status.databaseBytes).toBeGreaterThan(0)
    })

    it('takes an empty batch', async () => {
      expect(await append()).toEqual({ stored: 0, dropped: 0 })
    })

    it('refuses what cannot be stored and stores nothing of that batch', async () => {
      const refused = (batch: ReadingBatch) => expect(store.append(batch)).rejects.toMatchObject({ code: 'input.invalid' })
      const good = sample(1, start)
      await refused(toBatch([good, sample(1, Number.NaN)]))
      await refused(toBatch([good, sample(1, -1000)]))
      await refused(toBatch([good, sample(1, 2 ** 32 * 1000)]))
      await refused(toBatch([good, sample(2 ** 31, start)]))
      await refused({ ...toBatch([good]), quality: Uint8Array.of(200) })
      await refused({ ...toBatch([good]), value: new Float64Array(2) })
      await expect(store.readings({ series: 1.5, ...all, limit: 1 })).rejects.toMatchObject({ code: 'input.invalid' })
      await expect(store.readings({ series: 1, ...all, limit: 0 })).rejects.toMatchObject({ code: 'input.invalid' })
      await expect(store.chart({ series: [], ...all, width: 100 })).rejects.toMatchObject({ code: 'input.invalid' })
      expect((await store.status({})).samples).toBe(0)
    })

    it('refuses a second owner of its folder and goes on undisturbed', async () => {
      await append(sample(1, start, 1))
      await expect(make().open({ folder, memoryMb: 128, threads: 2 })).rejects.toMatchObject({ code: 'conflict' })
      await append(sample(1, start + 1000, 2))
      expect(await pairs(1)).toEqual([
        [0, 1],
        [1000, 2],
      ])
    })

    it('answers nothing after it was closed', async () => {
      await append(sample(1, start))
      await store.close({})
      await expect(append(sample(1, start + 1000))).rejects.toMatchObject({ code: 'storage.failed' })
      await expect(read(1)).rejects.toMatchObject({ code: 'storage.failed' })
    })

    it('holds many batches that are under way when it is closed: each is stored or refused', async () => {
      const answers = Array.from({ length: 40 }, (_, i) =>
        append(sample(1, start + i * 1000, i)).then(
          () => i,
          () => undefined,
        ),
      )
      await store.close({})
      const kept = (await Promise.all(answers)).filter((i) => i !== undefined)
      store = make()
      await open()
      expect((await pairs(1)).map(([, value]) => value)).toEqual(expect.arrayContaining(kept))
    })

    it('equals a plain map after hundreds of random appends with openings between them', async () => {
      const model = new Map<string, number>()
      let seed = 20_261
      const random = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit
      for (let round = 0; round < 50; round++) {
        const batches = Array.from({ length: 5 }, () =>
          Array.from({ length: random(30) }, () => sample(random(8), start + (round + random(60) - 40) * 1000, random(1_000_000))),
        )
        const answers = await Promise.all(batches.map((rows) => append(...rows)))
        batches.forEach((rows, b) => {
          let stored = 0
          for (const { series, at, value } of rows) {
            const key = `${series} ${at}`
            if (model.has(key)) continue
            model.set(key, value as number)
            stored++
          }
          expect(answers[b]).toEqual({ stored, dropped: rows.length - stored })
        })
        if (random(8) === 0) await reopen()
      }
      const found = new Map<string, number>()
      for (let series = 0; series < 8; series++) {
        const { at, value } = await read(series)
        at.forEach((time, i) => found.set(`${series} ${time}`, value[i] as number))
      }
      expect(found).toEqual(model)
      expect((await store.status({})).samples).toBe(model.size)
    })
  })
}
