import { expect, test } from 'vitest'
import type { Points } from '#shared/virtual/compile.ts'
import { qualities } from '#shared/reading.ts'
import { Live } from './live.ts'
import { networkOf, ordered } from './network.ts'
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
const points: Points = {
  point: (words) => (words === '#99' ? null : { series: Number(words.slice(1)), is: 'number' }),
  group: () => [],
}
/** Formula i has the series 100 + i. */
const network = (...texts: string[]) =>
  networkOf(
    texts.map((text, i) => ({ ...base, id: i, name: `f${i}`, text })),
    points,
    ({ id }) => 100 + id,
  )
const batch = (rows: [series: number, value: number][], at: number) => ({
  series: Uint32Array.from(rows, ([series]) => series),
  at: new Float64Array(rows.length).fill(at),
  value: Float64Array.from(rows, ([, value]) => value),
  quality: new Uint8Array(rows.length),
})

test('what a formula needs is calculated before it, however they were made', () => {
  const { active, faults } = network('[#101] + [#102]', '[#102] * 2', '[#1] + 1')
  expect(active.map(({ series }) => series)).toEqual([102, 101, 100])
  expect(faults.size).toBe(0)
})

test('a ring is named, and what does not hang on it goes on', () => {
  const { active, faults } = network('[#101]', '[#102]', '[#100]', '[#1]', '[#99]')
  expect(active.map(({ series }) => series)).toEqual([103])
  expect([...faults].map(([id, { code }]) => [id, code])).toEqual([
    [4, 'point'],
    [0, 'ring'],
    [1, 'ring'],
    [2, 'ring'],
  ])
  expect(faults.get(0)?.params['ring']).toBe('f0 → f1 → f2 → f0')
})

test('five hundred formulas one upon the other have an order', () => {
  const needs = new Map(Array.from({ length: 500 }, (_, i) => [i, i === 0 ? [] : [i - 1]]))
  expect(ordered(needs)).toEqual({ order: Array.from({ length: 500 }, (_, i) => i), ring: [] })
})

test('only what has new inputs is calculated, and what stands upon it', () => {
  const live = new Live(network())
  live.reset(network('[#1] + [#2]', '[#100] * 10', '[#3] + 1'), () => undefined)
  expect(live.take(batch([[1, 1]], 1000)).map(({ series, reason }) => [series, reason?.code])).toEqual([
    [100, 'missing'],
    [101, 'offline'],
  ])
  expect(
    live
      .take(
        batch(
          [
            [2, 2],
            [7, 7],
          ],
          2000,
        ),
      )
      .map(({ series, value, at }) => [series, value, at]),
  ).toEqual([
    [100, 3, 2000],
    [101, 30, 2000],
  ])
  expect(live.take(batch([[3, 4]], 3000)).map(({ series, value }) => [series, value])).toEqual([[102, 5]])
  // Older than what is there.
  expect(live.take(batch([[3, 9]], 2500))).toEqual([])
})

test('formulas begin with what was last read, and a stale reading gives no value', () => {
  const live = new Live(network())
  const found = live.reset(network('[#1] + [#2]', '[#3]'), (series) =>
    series === 3 ? { value: 5, code: qualities.indexOf('stale'), at: 500 } : { value: series, code: 0, at: 1000 },
  )
  expect(found.map(({ series, value, quality }) => [series, value, quality])).toEqual([
    [100, 3, 0],
    [101, Number.NaN, qualities.indexOf('stale')],
  ])
})
