import { expect, test } from 'vitest'
import type { Points } from '#shared/virtual/compile.ts'
import { slotMs } from '#shared/virtual/limits.ts'
import type { Ask } from './grid.ts'
import { networkOf } from './network.ts'
import { graceMs, Slots, type SlotResult } from './slots.ts'
import type { StoredFormula } from './store.ts'

const base: Omit<StoredFormula, 'id' | 'text'> = {
  device: 'd',
  point: 'p',
  name: 'x',
  is: 'number',
  trusting: false,
  share: 0.75,
  madeAt: 0,
  changedAt: 0,
}
const points: Points = { point: (words) => ({ series: Number(words.slice(1)), is: 'number' }), group: () => [] }
const network = (...texts: string[]) =>
  networkOf(
    texts.map((text, i) => ({ ...base, id: i, text })),
    points,
    ({ id }) => 100 + id,
  )

type Sample = { series: number; at: number; value: number }

/** Slots over a history that holds some samples, with what they give as [series, value]. */
function world(samples: Sample[], ...texts: string[]) {
  let failing = false
  const history: Ask = {
    chart: async ({ series, from, to }) => {
      if (failing) throw new Error('the store is replaced')
      return series.map((one) => {
        const mine = samples.filter(({ series: of, at }) => of === one && at >= from && at < to)
        const numbers = (pick: (sample: Sample) => number) => Float64Array.from(mine, pick)
        return {
          series: one,
          at: numbers(({ at }) => at),
          value: numbers(({ value }) => value),
          quality: new Uint8Array(mine.length),
          stored: mine.length,
          min: null,
          max: null,
        }
      })
    },
    readings: () => Promise.reject(new Error('not asked')),
  }
  const given: (number | null)[][] = []
  const net = network(...texts)
  let now = net
  const emit = (results: SlotResult[]) =>
    void given.push(
      ...results.map(({ place, outcome }) => [now.active[place]?.series ?? 0, Number.isNaN(outcome.value) ? null : outcome.value]),
    )
  const slots = new Slots(net, slot - slotMs, history, emit, (error) => {
    if (!failing) throw error
  })
  const take = (at: number, ...rows: [number, number][]) =>
    slots.take({
      series: Uint32Array.from(rows, ([series]) => series),
      at: new Float64Array(rows.length).fill(at),
      value: Float64Array.from(rows, ([, value]) => value),
      quality: new Uint8Array(rows.length),
    })
  const reset = (...next: string[]) => slots.reset((now = network(...next)))
  return { slots, given, take, reset, fail: (now: boolean) => (failing = now) }
}

const slot = 1_000_000 * slotMs

test('a quarter hour is calculated as soon as all inputs are there, once', async () => {
  const { slots, given, take } = world([], '[#1] + [#2]', '[#100] * 2')
  take(slot, [1, 1])
  expect(given).toEqual([])
  take(slot, [2, 2], [1, 5])
  expect(given).toEqual([
    [100, 7],
    [101, 14],
  ])
  take(slot, [1, 7], [2, 7])
  slots.tick(slot + graceMs)
  await slots.settled()
  expect(given).toHaveLength(2)
})

test('after the grace time what history has is taken, and without any sample nothing is stored', async () => {
  const { slots, given, take } = world([{ series: 2, at: slot - 60_000, value: 10 }], '[#1] + [#2]', '[#1] + [#3]', '[#4]')
  take(slot, [1, 1])
  slots.tick(slot + graceMs - 1)
  await slots.settled()
  expect(given).toEqual([])
  slots.tick(slot + graceMs)
  await slots.settled()
  expect(given).toEqual([
    [100, 11],
    [101, null],
  ])
  take(slot, [3, 3])
  expect(given).toHaveLength(2)
})

test('a look-up that fails is tried again, and the quarter hour is not lost', async () => {
  const { slots, given, take, fail } = world([{ series: 1, at: slot - slotMs, value: 10 }], 'delta([#1])')
  fail(true)
  take(slot, [1, 13])
  slots.tick(slot + graceMs)
  await slots.settled()
  expect(given).toEqual([])
  fail(false)
  slots.tick(slot + graceMs + 9000)
  await slots.settled()
  expect(given).toEqual([])
  slots.tick(slot + graceMs + 10_000)
  await slots.settled()
  expect(given).toEqual([[100, 3]])
})

test('what looks back asks history, also for what stands upon it', async () => {
  const { slots, given, take } = world([{ series: 1, at: slot - slotMs, value: 10 }], 'delta([#1])', '[#100] * 4')
  take(slot, [1, 13])
  await slots.settled()
  expect(given).toEqual([
    [100, 3],
    [101, 12],
  ])
})

test('other formulas in the middle of a quarter hour lose and repeat nothing', async () => {
  const { slots, given, take, reset } = world([{ series: 1, at: slot - slotMs, value: 10 }], '[#1] * 1', 'delta([#1])', '[#1] + [#2]')
  take(slot, [1, 13])
  reset('[#1] * 1', 'delta([#1])', '[#1] + [#2]', '[#1] - 1')
  await slots.settled()
  take(slot, [2, 1])
  expect(given.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
    [100, 13],
    [101, 3],
    [102, 14],
    [103, 12],
  ])
})
