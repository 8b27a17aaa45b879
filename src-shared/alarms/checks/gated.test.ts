import { expect, test } from 'vitest'
import { gated } from './gated.ts'
import { limitCheck } from './limit.ts'
import { missingCheck } from './missing.ts'
import { stuckCheck } from './stuck.ts'
import { hour, minute, told, type Told } from './testing/run.ts'

const low = () => limitCheck(1, -1, 40, 0)
const pump = { series: 2, is: 'equal', value: 1 } as const
const cold = { series: 3, is: 'below', value: 15 } as const

type Row = [i: number, reading: Told]

test.each<[string, Row[], string]>([
  [
    'looks while all are open',
    [
      [1, 1],
      [2, 5],
      [0, 30],
      [0, 50],
    ],
    'unknown unknown beyond within',
  ],
  [
    'is not true while one is shut',
    [
      [1, 0],
      [2, 5],
      [0, 30],
    ],
    'within within within',
  ],
  [
    'is not known while one is not',
    [
      [0, 30],
      [1, 1],
      [2, 'fault'],
    ],
    'unknown unknown unknown',
  ],
  [
    'one that is shut counts more than one that is not known',
    [
      [0, 30],
      [1, 'offline'],
      [2, 20],
    ],
    'unknown unknown within',
  ],
  [
    'a gate that opens lets through what is so',
    [
      [0, 30],
      [2, 5],
      [1, 0],
      [1, 1],
    ],
    'unknown unknown within beyond',
  ],
  [
    'a link that is lost makes it unknown in whatever order',
    [
      [1, 1],
      [2, 5],
      [0, 30],
      [1, 'offline'],
      [0, 'offline'],
      [1, 1],
      [0, 30],
    ],
    'unknown unknown beyond unknown unknown unknown beyond',
  ],
])('%s', (_name, rows, expected) => {
  const check = gated(low(), [pump, cold])
  expect(check.series).toEqual([1, 2, 3])
  expect(rows.map(([i, reading], n) => check.take(i, ...told(reading), n, false)).join(' ')).toBe(expected)
})

test.each<['above' | 'below' | 'equal' | 'unequal', number[]]>([
  ['above', [6]],
  ['below', [4]],
  ['equal', [5]],
  ['unequal', [4, 6]],
])('is open when the value is %s', (is, open) => {
  for (const value of [4, 5, 6]) {
    const check = gated(low(), [{ series: 2, is, value: 5 }])
    check.take(0, 30, 'good', 0, false)
    expect(check.take(1, value, 'good', 1, false)).toBe(open.includes(value) ? 'beyond' : 'within')
  }
})

test('what stood still while the gate was shut does not count', () => {
  const check = gated(stuckCheck(1, hour, 0), [pump])
  const at = (minutes: number) => minutes * minute
  check.take(1, 0, 'good', 0, false)
  for (let minutes = 0; minutes < 600; minutes += 10) expect(check.take(0, 20, 'good', at(minutes), false)).toBe('within')
  expect(check.take(1, 1, 'good', at(600), false)).toBe('unknown')
  expect(check.take(0, 20, 'good', at(601), false)).toBe('unknown')
  expect(check.take(0, 20, 'good', at(620), false)).toBe('unknown')
  expect(check.take(0, 20, 'good', at(640), false)).toBe('unknown')
  expect(check.take(0, 20, 'good', at(661), false)).toBe('beyond')
})

test('a gate that was lost while shut still begins it anew', () => {
  const check = gated(stuckCheck(1, hour, 0), [pump])
  check.take(1, 0, 'good', 0, false)
  for (let minutes = 0; minutes < 120; minutes += 10) check.take(0, 20, 'good', minutes * minute, false)
  check.take(1, Number.NaN, 'offline', 120 * minute, false)
  check.take(0, 20, 'good', 121 * minute, false)
  expect(check.take(1, 1, 'good', 122 * minute, false)).toBe('unknown')
  expect(check.take(0, 20, 'good', 123 * minute, false)).toBe('unknown')
})

test('time alone goes through open gates only', () => {
  const check = gated(missingCheck(1, hour, false), [pump])
  check.take(0, 20, 'good', 0, false)
  check.take(1, 1, 'good', 0, false)
  check.tick?.(0, false)
  expect(check.tick?.(hour, false)).toBe('beyond')
  check.take(1, 0, 'good', hour, false)
  expect(check.tick?.(2 * hour, false)).toBe('within')
  expect(gated(low(), [pump]).tick).toBeUndefined()
})
