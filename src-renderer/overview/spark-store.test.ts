import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Call } from '../client.ts'
import { SparkStore } from './spark-store.ts'

let now = 0
beforeEach(() => {
  now = 1_000_000
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

function store(answer: (series: number[]) => Promise<unknown>) {
  const asked: number[][] = []
  const call = ((_name: string, { series }: { series: number[] }) => {
    asked.push(series)
    return answer(series)
  }) as unknown as Call
  return { asked, sparks: new SparkStore(call, () => now) }
}

const all = async (series: number[]) => ({ from: 0, everyMs: 3_600_000, lines: series.map((one) => ({ series: one, mean: [one] })) })

test('the rows in sight are asked for together, once scrolling has settled', async () => {
  const { asked, sparks } = store(all)
  sparks.watch([1, 2])
  sparks.watch([2, 3])
  const gone = sparks.watch([9])
  gone()
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual([[1, 2, 3]])
  expect(sparks.line(3)?.mean).toEqual([3])
  expect(sparks.line(9)).toBeUndefined()
})

test('what is known is not asked for again within five minutes, also when there is nothing', async () => {
  const { asked, sparks } = store(async () => ({ from: 0, everyMs: 1, lines: [] }))
  const stop = sparks.start()
  const leave = sparks.watch([1])
  await vi.advanceTimersByTimeAsync(200)
  leave()
  sparks.watch([1])
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual([[1]])
  now += 5 * 60_000
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  expect(asked).toEqual([[1], [1]])
  stop()
})

test('a failure is told, and gone with the next answer', async () => {
  const failed = new Error('no')
  let broken = true
  const { asked, sparks } = store((series) => (broken ? Promise.reject(failed) : all(series)))
  let told = 0
  sparks.subscribe(() => told++)
  sparks.watch([1])
  await vi.advanceTimersByTimeAsync(200)
  expect([sparks.error(), told]).toEqual([failed, 1])
  broken = false
  sparks.retry()
  await vi.advanceTimersByTimeAsync(0)
  expect([sparks.error(), sparks.line(1)?.mean, asked.length]).toEqual([null, [1], 2])
})
