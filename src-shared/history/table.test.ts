import { describe, expect, it, test } from 'vitest'
import { bucketsOf } from './buckets.ts'
import type { Samples } from './reduce.ts'
import type { Figure } from './step.ts'
import { cellsOf, cellStates, isRegister, joinSamples, lastOf, presentShare, rowsTogether, type Before, type Cells } from './table.ts'

const nan = Number.NaN

function samples(...rows: [at: number, value: number, quality?: number][]): Samples {
  return {
    at: Float64Array.from(rows, ([at]) => at),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: Uint8Array.from(rows, ([, , quality = 0]) => quality),
  }
}

const shown = ({ value, state }: Cells) => [...value].map((number, i) => [number, cellStates[state[i] ?? 0]])

describe('samples side by side', () => {
  const lines = [samples([1, 10], [2, 11], [4, 12]), samples([2, 20, 1], [3, nan, 2])]

  it('have a row for every moment of any series, and say where a series has none', () => {
    const { at, columns } = joinSamples(lines, [0, 0], 100, 50)
    expect([...at]).toEqual([1, 2, 3, 4])
    expect(columns.map(shown)).toEqual([
      [
        [10, 'good'],
        [11, 'good'],
        [nan, 'none'],
        [12, 'good'],
      ],
      [
        [nan, 'none'],
        [20, 'fault'],
        [nan, 'offline'],
        [nan, 'none'],
      ],
    ])
  })

  it('go on where the page before ended, and stop before the end', () => {
    const first = joinSamples(lines, [0, 0], 4, 2)
    expect([[...first.at], first.taken]).toEqual([
      [1, 2],
      [2, 1],
    ])
    const second = joinSamples(lines, first.taken, 4, 2)
    expect([[...second.at], second.taken]).toEqual([[3], [2, 2]])
    expect([...rowsTogether([first, second]).at]).toEqual([1, 2, 3])
    expect(rowsTogether([first, second]).columns.map(({ value }) => [...value])).toEqual([
      [10, 11, nan],
      [nan, 20, nan],
    ])
  })
})

test('samples of one series alone are cut the same way', () => {
  const line = samples([1, 10], [2, 11, 1], [4, 12], [9, 13])
  const first = joinSamples([line], [0], 9, 2)
  const rest = joinSamples([line], first.taken, 9, 2)
  expect([[...first.at], [...rest.at], rest.taken, first.columns.map(shown)]).toEqual([
    [1, 2],
    [4],
    [3],
    [
      [
        [10, 'good'],
        [11, 'fault'],
      ],
    ],
  ])
})

describe('buckets as rows', () => {
  const edges = [0, 10, 20, 30]
  const made = (line: Samples, figures: Figure[], known: { register?: boolean; before?: Before } = {}) =>
    cellsOf(bucketsOf(1, line, edges), edges, figures, { register: known.register ?? true, before: known.before })

  it('have a row for each, also for those in which nothing was stored', () => {
    const { columns } = made(samples([1, 4], [5, 8], [21, 2]), ['min', 'max', 'mean', 'last'])
    expect(columns.map((column) => [...column.value])).toEqual([
      [4, nan, 2],
      [8, nan, 2],
      [6, nan, 2],
      [8, nan, 2],
    ])
    expect(shown(columns[0] as Cells).map(([, state]) => state)).toEqual(['good', 'none', 'good'])
  })

  it('say when all or some of what was stored does not count', () => {
    const { columns } = made(samples([1, nan, 2], [11, 5], [12, 7, 3]), ['mean'])
    expect(shown(columns[0] as Cells)).toEqual([
      [nan, 'absent'],
      [5, 'partial'],
      [nan, 'none'],
    ])
  })

  it('give a register the step from the last value before each bucket, over holes too', () => {
    const { columns, before } = made(samples([1, 103], [9, 104], [25, 110]), ['delta'], { before: { at: -5, value: 100 } })
    expect(shown(columns[0] as Cells)).toEqual([
      [4, 'good'],
      [nan, 'none'],
      [6, 'good'],
    ])
    expect(before).toEqual({ at: 25, value: 110 })
  })

  it('say that a count begins in the bucket when nothing before is known', () => {
    expect(shown(made(samples([1, 103], [9, 104], [11, 105]), ['delta']).columns[0] as Cells)).toEqual([
      [1, 'begin'],
      [1, 'good'],
      [nan, 'none'],
    ])
  })

  it('give no delta for a register that went back, within a bucket or between two', () => {
    const within = made(samples([1, 103], [2, 5], [11, 6]), ['delta'], { before: { at: -5, value: 100 } })
    expect(shown(within.columns[0] as Cells)).toEqual([
      [nan, 'back'],
      [1, 'good'],
      [nan, 'none'],
    ])
    const between = made(samples([1, 103], [11, 6], [21, 8]), ['delta', 'last'], { before: { at: -5, value: 100 } })
    expect(between.columns.map(shown)).toEqual([
      [
        [3, 'good'],
        [nan, 'back'],
        [2, 'good'],
      ],
      [
        [103, 'good'],
        [6, 'good'],
        [8, 'good'],
      ],
    ])
  })

  it('give anything else the difference, which may be negative', () => {
    const { columns } = made(samples([1, 21], [9, 18], [11, 20]), ['delta'], { register: false, before: { at: -5, value: 20 } })
    expect([...(columns[0]?.value ?? [])]).toEqual([-2, 2, nan])
  })

  it('go on from page to page as if they were one', () => {
    const line = samples([1, 1], [11, 3], [25, 9])
    const first = cellsOf(bucketsOf(1, line, [0, 10]), [0, 10], ['delta'], { register: true, before: undefined })
    const rest = cellsOf(bucketsOf(1, line, [10, 20, 30]), [10, 20, 30], ['delta'], { register: true, before: first.before })
    expect([...(rest.columns[0]?.value ?? [])]).toEqual([2, 6])
  })

  it('find the last value that counts', () => {
    expect(lastOf(bucketsOf(1, samples([1, 4], [5, 8], [21, nan, 2]), edges))).toEqual({ at: 5, value: 8 })
    expect(lastOf(bucketsOf(1, samples([21, nan, 2]), edges))).toBeUndefined()
  })
})

it('energy and volume count up, temperatures do not, and of the unknown nobody says so', () => {
  expect([isRegister('energy'), isRegister('volume'), isRegister('temperature'), isRegister(undefined)]).toEqual([true, true, false, true])
})

it('the share present leaves out what lies beyond the distance expected', () => {
  expect(presentShare({ from: [], to: [] }, 0, 100, 10)).toBe(1)
  expect(presentShare({ from: [20, 60], to: [50, 80] }, 0, 100, 10)).toBeCloseTo(0.7)
  expect(presentShare({ from: [0], to: [100] }, 0, 100, 10)).toBeCloseTo(0.1)
})
