import { describe, expect, it } from 'vitest'
import { toBatch, type SeriesReading } from '#shared/reading.ts'
import type { HistoryEngine } from '../engine.ts'
import { all, historyWorld, sample } from './world.ts'

const hour = 3_600_000
const quarter = hour / 4
/** Local midnight in Berlin before summer time ends. */
const long = Date.UTC(2026, 9, 24, 22)

export function sums(name: string, make: () => HistoryEngine): void {
  describe(`${name} sums up, corrects and tidies`, () => {
    const { world, reopen, append, pairs } = historyWorld(make)

    const register = (from: number, count: number, series = 1): SeriesReading[] =>
      Array.from({ length: count }, (_, i) => sample(series, from + i * quarter, i))
    const days = async (series: number[]) => await world.store.aggregate({ series, from: long, to: long + 49 * hour, step: 'day' })

    it('counts 100 quarter hours in the day on which summer time ends, sealed or not', async () => {
      await append(...register(long, 196))
      const check = async () => {
        const [found] = await days([1])
        expect([...(found?.at ?? [])]).toEqual([long, long + 25 * hour])
        expect([...(found?.count ?? [])]).toEqual([100, 96])
        expect([...(found?.first ?? [])]).toEqual([0, 100])
        expect([...(found?.last ?? [])]).toEqual([99, 195])
        expect([...(found?.increase ?? [])]).toEqual([99, 95])
        expect([...(found?.mean ?? [])]).toEqual([49.5, 147.5])
      }
      await check()
      await world.store.tidy({})
      await check()
      await reopen()
      await check()
    })

    it('counts what has no value, and steps down and leaps of a register', async () => {
      const values = [5, null, 9, 2, 3, 90]
      await append(...values.map((value, i) => sample(1, long + i * quarter, value, value === null ? 'fault' : 'good')))
      const [found] = await days([1])
      const numbers = found && { ...found, at: undefined, firstAt: undefined, lastAt: undefined, series: undefined }
      expect(Object.fromEntries(Object.entries(numbers ?? {}).map(([name, column]) => [name, column?.[0]]))).toMatchObject({
        count: 6,
        absent: 1,
        min: 2,
        max: 90,
        mean: 21.8,
        first: 5,
        last: 90,
        increase: 92,
        drops: 1,
        leap: 87,
      })
    })

    it('answers series without samples with no rows, and the same as a table', async () => {
      await append(...register(long, 10, 3))
      expect((await days([2, 3])).map(({ series, at }) => [series, at.length])).toEqual([
        [2, 0],
        [3, 1],
      ])
      const table = await world.store.sums({ series: [2, 3], from: long, to: long + hour, step: 'hour' })
      expect([[...table.series], [...table.count], [...table.last]]).toEqual([[3], [4], [3]])
    })

    it('tells where nothing that counts was stored for long', async () => {
      await append(...[0, 1, 2, 8, 9].map((i) => sample(1, long + i * quarter, i)), sample(1, long + 5 * quarter, null, 'offline'))
      const [found] = await world.store.gaps({ series: [1], from: long, to: long + 12 * quarter, everyMs: 2 * quarter })
      expect([...(found?.from ?? [])].map((at) => (at - long) / quarter)).toEqual([2, 9])
      expect([...(found?.to ?? [])].map((at) => (at - long) / quarter)).toEqual([8, 12])
    })

    it('puts a correction in the place of a sample, for good and before the next late copy of it', async () => {
      await append(...register(long, 4))
      const corrected = toBatch([
        { series: 1, at: long + quarter, value: 50, quality: 'manual' },
        { series: 1, at: long + 9 * quarter, value: 9, quality: 'substituted' },
      ])
      expect(await world.store.correct(corrected)).toEqual({ stored: 2, replaced: 1 })
      expect(await append(sample(1, long + quarter, 1))).toEqual({ stored: 0, dropped: 1 })
      const expected = [0, 50, 2, 3, 9]
      const values = async () => (await pairs(1, all)).map(([, value]) => value)
      expect(await values()).toEqual(expected)
      expect([...(await world.store.latest({})).value]).toEqual([9])
      await reopen()
      expect(await values()).toEqual(expected)
      await world.store.tidy({})
      expect(await values()).toEqual(expected)
      expect([...((await days([1]))[0]?.max ?? [])]).toEqual([50])
    })

    it('forgets the samples of months that are not to be kept, and not their days', async () => {
      const later = Array.from({ length: 12 }, (_, i) => sample(1, Date.UTC(2020, 1 + i, 5)))
      await append(...register(Date.UTC(2020, 0, 5), 96), ...later, ...register(long, 96))
      const january = { series: [1], from: Date.UTC(2020, 0, 1), to: Date.UTC(2020, 1, 1) }
      const before = await world.store.aggregate({ ...january, step: 'day' })
      await world.store.keep({ series: Uint32Array.of(1), register: Uint8Array.of(1), keepDays: Uint32Array.of(365) })
      await world.store.tidy({})
      expect((await world.store.samples(january))[0]?.stored).toBe(0)
      expect(await world.store.aggregate({ ...january, step: 'day' })).toEqual(before)
      expect((await pairs(1, { from: long, to: all.to })).length).toBe(96)
    })
  })
}
