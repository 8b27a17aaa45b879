import { expect, test } from 'vitest'
import type { Verdict } from '../check.ts'
import { deviationCheck, type Deviation } from './deviation.ts'
import { minute, told, type Told } from './testing/run.ts'

type Row = [minutes: number, which: 'flow' | 'reference', reading: Told, active?: boolean]

function run(deviation: Deviation, rows: readonly Row[]): Verdict[] {
  const check = deviationCheck(1, 2, deviation)
  return rows.map(([minutes, which, reading, active = false]) =>
    check.take(which === 'flow' ? 0 : 1, ...told(reading), minutes * minute, active),
  )
}

const both = { above: 5, below: 10, deadband: 2 }

test.each<[string, Row[], string]>([
  ['nothing is known before both are', [[0, 'flow', 60]], 'unknown'],
  [
    'as far as allowed is within',
    [
      [0, 'reference', 60],
      [0, 'flow', 65],
      [1, 'flow', 50],
    ],
    'unknown within within',
  ],
  [
    'further is beyond',
    [
      [0, 'reference', 60],
      [0, 'flow', 65.1],
      [1, 'flow', 49.9],
    ],
    'unknown beyond beyond',
  ],
  [
    'the reference moves it as well',
    [
      [0, 'flow', 60],
      [0, 'reference', 60],
      [1, 'reference', 54],
    ],
    'unknown within beyond',
  ],
  [
    'a bad reference makes it unknown until it is read again',
    [
      [0, 'flow', 70],
      [0, 'reference', 60],
      [1, 'reference', 'fault'],
      [1, 'flow', 70],
      [2, 'reference', 60],
    ],
    'unknown beyond unknown unknown beyond',
  ],
  [
    'a reference of 19 minutes ago is of the same time, of 21 not',
    [
      [0, 'reference', 60],
      [19, 'flow', 70],
      [21, 'flow', 70],
    ],
    'unknown beyond unknown',
  ],
  [
    'a meter that is read each hour is of the same time for two hours, and one gap is no interval',
    [
      [0, 'reference', 60],
      [60, 'reference', 60],
      [600, 'reference', 60],
      [719, 'flow', 70],
      [721, 'flow', 70],
    ],
    'unknown unknown unknown beyond unknown',
  ],
  [
    'raised above it comes back by the deadband',
    [
      [0, 'reference', 60],
      [0, 'flow', 66],
      [1, 'flow', 64, true],
      [2, 'flow', 63.1, true],
      [3, 'flow', 63, true],
    ],
    'unknown beyond beyond beyond within',
  ],
  [
    'raised below it comes back by the deadband',
    [
      [0, 'reference', 60],
      [0, 'flow', 49],
      [1, 'flow', 51.9, true],
      [2, 'flow', 52, true],
    ],
    'unknown beyond beyond within',
  ],
  [
    'raised above, the deadband of the other side does not hold it',
    [
      [0, 'reference', 60],
      [0, 'flow', 66],
      [1, 'flow', 51, true],
    ],
    'unknown beyond within',
  ],
  [
    'after a start the side of a standing alarm is the one that it is on',
    [
      [0, 'reference', 60, true],
      [0, 'flow', 51, true],
    ],
    'unknown beyond',
  ],
])('%s', (_name, rows, expected) => expect(run(both, rows).join(' ')).toBe(expected))

test('a side that is not set is never beyond', () => {
  const rows: Row[] = [
    [0, 'reference', 60],
    [0, 'flow', 10],
    [1, 'flow', 10, true],
    [2, 'flow', 66],
  ]
  expect(run({ above: 5, below: null, deadband: 0 }, rows)).toEqual(['unknown', 'within', 'within', 'beyond'])
})

test('shows the value and the highest or lowest that it might have', () => {
  const check = deviationCheck(1, 2, both)
  check.take(1, 60, 'good', 0, false)
  check.take(0, 66, 'good', 0, false)
  expect(check.shown()).toEqual({ value: 66, limit: 65 })
  check.take(0, 40, 'good', 1, false)
  expect(check.shown()).toEqual({ value: 40, limit: 50 })
})
