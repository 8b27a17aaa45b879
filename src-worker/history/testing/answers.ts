import { describe, expect, it } from 'vitest'
import { qualities, type SeriesReading } from '#shared/reading.ts'
import type { HistoryEngine } from '../engine.ts'
import { all, sample, start, historyWorld } from './world.ts'

export function answers(name: string, make: () => HistoryEngine): void {
  describe(`${name} answers questions`, () => {
    const { world, reopen, append, read, pairs } = historyWorld(make)

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
      const lines = await world.store.chart({ series: [3, 9, 5], from: start, to: start + 2000, width: 100 })
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
        const [line] = await world.store.chart({ series: [1], ...all, width: 100 })
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
        for (const { series: number, at, value, quality } of await world.store.chart({ series, ...all, width: 1000 })) {
          at.forEach((time, i) =>
            found.push(sample(number, time, Number.isNaN(value[i]) ? null : (value[i] as number), qualities[quality[i] as number])),
          )
        }
      }
      expect(found.sort((a, b) => a.at - b.at)).toEqual(rows)
      expect((await world.store.latest({})).series.length).toBe(3000)
    })

    it('breaks a charted line at a hole', async () => {
      await append(...[0, 1, 2, 3, 4, 20, 21, 22, 23, 24].map((i) => sample(1, start + i * 1000, i)))
      const [line] = await world.store.chart({ series: [1], ...all, width: 100 })
      expect([...(line?.value ?? [])]).toEqual([0, 1, 2, 3, 4, Number.NaN, 20, 21, 22, 23, 24])
      expect(line?.stored).toBe(10)
    })

    it('knows the newest sample of every series, also after it was opened again', async () => {
      await append(sample(1, start, 1), sample(2, start, 2), sample(1, start + 5000, null, 'offline'))
      await append(sample(2, start - 5000, 3))
      const check = async () => {
        const { series, at, value, quality } = await world.store.latest({})
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
      expect(await world.store.status({})).toMatchObject({ state: 'ready', samples: 0, first: null, last: null, waiting: 0, notice: null })
      await append(sample(1, start), sample(2, start + 7000))
      expect(await world.store.status({})).toMatchObject({ state: 'ready', samples: 2, first: start, last: start + 7000, notice: null })
      const status = await reopen()
      expect(status).toMatchObject({ state: 'ready', samples: 2, first: start, last: start + 7000, waiting: 0, notice: null })
      expect(status.databaseBytes).toBeGreaterThan(0)
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
      expect((await world.store.status({})).samples).toBe(model.size)
    })
  })
}
