import { expect, test } from 'vitest'
import { Failure } from '#shared/failures.ts'
import { toBatch, type ReadingBatch } from '#shared/reading.ts'
import { storePast, type PastPlan, type Recorded } from './past.ts'

const roles = ['measure', 'setting', 'state'] as const
const device = (series: number[]): Recorded => ({ series, profile: { points: series.map((_, i) => ({ role: roles[i % 3] ?? 'state' })) } })
const slots = 250

/** Each station has one sample a slot and series; the last of all says that there is no more. */
function town(asked: { station: number; series: number[]; from: number }[] = []): PastPlan['source'] {
  return {
    past: async ({ station, series, from, slots: most }) => {
      asked.push({ station, series, from })
      const to = Math.min(slots, from + most)
      const rows = Array.from({ length: to - from }, (_, i) =>
        series.map((number) => ({ series: number, at: (from + i) * 900_000, value: station, quality: 'good' as const })),
      )
      return { batch: toBatch(rows.flat()), next: to < slots ? to : null }
    },
  }
}

test('the past of all stations is stored part after part, the oldest first, measures and states alone', async () => {
  const asked: { station: number; series: number[]; from: number }[] = []
  const stored: ReadingBatch[] = []
  const reached: (number | null)[] = []
  await storePast({
    source: town(asked),
    devices: [device([1, 2, 3]), null, device([4, 5, 6])],
    from: 0,
    append: async (batch) => stored.push(batch),
    reached: async (next) => void reached.push(next),
    stopped: () => false,
  })
  expect(asked.slice(0, 2)).toEqual([
    { station: 0, series: [1, 3], from: 0 },
    { station: 2, series: [4, 6], from: 0 },
  ])
  expect(stored.reduce((rows, { series }) => rows + series.length, 0)).toBe(slots * 4)
  expect(new Set(stored.flatMap(({ series }) => [...series]))).toEqual(new Set([1, 3, 4, 6]))
  const firsts = stored.map(({ at }) => Math.min(...at))
  expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
  expect(reached.at(-1)).toBeNull()
  expect(reached.slice(0, -1)).toEqual(stored.slice(1).map(({ at }) => Math.min(...at) / 900_000))
})

test('only what is on disk counts as reached, and a stop leaves the rest', async () => {
  const reached: (number | null)[] = []
  let appends = 0
  const plan: PastPlan = {
    source: town(),
    devices: [device([1])],
    from: 0,
    append: async () => {
      appends++
      if (appends === 2) throw new Failure('storage.full')
    },
    reached: async (next) => void reached.push(next),
    stopped: () => false,
  }
  await expect(storePast(plan)).rejects.toThrow('storage.full')
  expect(reached).toHaveLength(1)
  const [first] = reached
  reached.length = 0
  await storePast({ ...plan, from: first ?? 0, append: async () => undefined })
  expect(reached.at(-1)).toBeNull()

  reached.length = 0
  let stop = false
  await storePast({
    ...plan,
    append: async () => {
      stop = true
    },
    reached: async (next) => void reached.push(next),
    stopped: () => stop,
  })
  expect(reached).toEqual([first])
})
