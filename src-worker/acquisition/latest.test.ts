import { expect, test } from 'vitest'
import { Latest } from './latest.ts'
import { Tables } from './table.ts'
import { point } from './testing/town.ts'

test('what a read brings that was sent before a write does not replace what was read after it', () => {
  const [slope, other] = [point('slope', 10), point('other', 11)]
  const latest = new Latest(new Tables().tableOf([slope, other]), [7, 8])
  const block = { area: 'holding' as const, address: 10, count: 2, points: [slope, other] }
  const taken = (words: number[], order: number) => {
    const rows: number[] = []
    latest.take(block, Uint16Array.from(words), 1000 + order, rows, order)
    const { series, value } = latest.batch(rows)
    return Array.from(series, (one, i) => [one, value[i]])
  }
  expect(taken([12, 5], 1)).toEqual([
    [7, 12],
    [8, 5],
  ])
  latest.guard(slope, 3)
  expect(taken([13, 5], 4)).toContainEqual([7, 13])
  // The slow one, asked before the write: its other points count, and the written one keeps what is newer.
  expect(taken([12, 6], 2)).toEqual([
    [7, 13],
    [8, 6],
  ])
})
