import { describe, expect, it } from 'vitest'
import { qualities, toBatch, type ReadingBatch } from '#shared/reading.ts'
import type { HistoryEngine } from '../engine.ts'
import { all, sample, start, historyWorld } from './world.ts'

export function keeping(name: string, make: () => HistoryEngine): void {
  describe(`${name} keeps samples`, () => {
    const { world, open, reopen, append, read, pairs } = historyWorld(make)

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
      expect((await world.store.status({})).samples).toBe(4)
    })

    it('takes an empty batch', async () => {
      expect(await append()).toEqual({ stored: 0, dropped: 0 })
    })

    it('refuses what cannot be stored and stores nothing of that batch', async () => {
      const refused = (batch: ReadingBatch) => expect(world.store.append(batch)).rejects.toMatchObject({ code: 'input.invalid' })
      const good = sample(1, start)
      await refused(toBatch([good, sample(1, Number.NaN)]))
      await refused(toBatch([good, sample(1, -1000)]))
      await refused(toBatch([good, sample(1, 2 ** 32 * 1000)]))
      await refused(toBatch([good, sample(2 ** 31, start)]))
      await refused({ ...toBatch([good]), quality: Uint8Array.of(200) })
      await refused({ ...toBatch([good]), value: new Float64Array(2) })
      await expect(world.store.readings({ series: 1.5, ...all, limit: 1 })).rejects.toMatchObject({ code: 'input.invalid' })
      await expect(world.store.readings({ series: 1, ...all, limit: 0 })).rejects.toMatchObject({ code: 'input.invalid' })
      await expect(world.store.chart({ series: [], ...all, width: 100 })).rejects.toMatchObject({ code: 'input.invalid' })
      expect((await world.store.status({})).samples).toBe(0)
    })

    it('refuses a second owner of its folder and goes on undisturbed', async () => {
      await append(sample(1, start, 1))
      await expect(make().open({ folder: world.folder, memoryMb: 128, threads: 2 })).rejects.toMatchObject({ code: 'conflict' })
      await append(sample(1, start + 1000, 2))
      expect(await pairs(1)).toEqual([
        [0, 1],
        [1000, 2],
      ])
    })

    it('answers nothing after it was closed', async () => {
      await append(sample(1, start))
      await world.store.close({})
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
      await world.store.close({})
      const kept = (await Promise.all(answers)).filter((i) => i !== undefined)
      world.store = make()
      await open()
      expect((await pairs(1)).map(([, value]) => value)).toEqual(expect.arrayContaining(kept))
    })
  })
}
