import { expect, test } from 'vitest'
import { emptyBuckets } from '#shared/history/buckets.ts'
import { sparks } from './sparks.ts'

const hour = 3_600_000
const now = 1_000_000 * hour + 20 * 60_000

test('hourly means stand at their places, with nulls where nothing counts', async () => {
  const asked: unknown[] = []
  const aggregate = async (input: { series: number[]; from: number; to: number }) => {
    asked.push(input)
    return input.series.map((series) => {
      const buckets = emptyBuckets(series, 3)
      buckets.at.set([input.from, input.from + 2 * hour, input.to - hour])
      buckets.mean.set([20, Number.NaN, 23])
      return buckets
    })
  }
  const { from, everyMs, lines } = await sparks({ aggregate, cancel: async () => undefined }, { series: [5, 5, 7] }, now)
  expect([from, everyMs]).toEqual([999_977 * hour, hour])
  expect(asked).toMatchObject([{ series: [5, 7], from: 999_977 * hour, to: 1_000_001 * hour, step: 'hour' }])
  expect(lines.map(({ series }) => series)).toEqual([5, 7])
  expect(lines[0]?.mean).toEqual([20, ...Array.from({ length: 22 }, () => null), 23])
})
