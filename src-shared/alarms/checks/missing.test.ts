import { expect, test } from 'vitest'
import type { Verdict } from '../check.ts'
import { missingCheck } from './missing.ts'
import { hour, minute, told, type Told } from './testing/run.ts'

type Row = [minutes: number, reading: Told | 'tick', active?: boolean]

const run = (onceGood: boolean, rows: readonly Row[]): (Verdict | undefined)[] => {
  const check = missingCheck(1, 2 * hour, onceGood)
  return rows.map(([minutes, reading, active = false]) =>
    reading === 'tick' ? check.tick?.(minutes * minute, active) : check.take(0, ...told(reading), minutes * minute, active),
  )
}

test.each<[string, boolean, Row[], string]>([
  [
    'no value for so long',
    false,
    [
      [0, 'tick'],
      [1, 20],
      [120, 'tick'],
      [121, 'tick'],
    ],
    'unknown within within beyond',
  ],
  [
    'values that do not count are none',
    false,
    [
      [0, 'tick'],
      [1, 20],
      [60, 'fault'],
      [119, [20, 'stale']],
      [121, 'tick'],
    ],
    'unknown within unknown unknown beyond',
  ],
  [
    'a value ends it',
    false,
    [
      [0, 'tick'],
      [1, 20],
      [121, 'tick'],
      [122, 20],
      [123, 'tick', true],
    ],
    'unknown within beyond within within',
  ],
  [
    'after a start the first readings have time to come',
    false,
    [
      [0, 20],
      [2000, 'tick'],
      [2019, 'tick'],
      [2020, 'tick'],
    ],
    'within unknown unknown beyond',
  ],
  [
    'a standing alarm does not wait for that',
    false,
    [
      [0, 20],
      [2000, 'tick', true],
    ],
    'within beyond',
  ],
  [
    'where none was ever seen it counts from the start',
    false,
    [
      [0, 'tick'],
      [119, 'tick'],
      [120, 'tick'],
    ],
    'unknown unknown beyond',
  ],
  [
    'what never had a value is not missed',
    true,
    [
      [0, 'tick'],
      [500, 'tick'],
      [501, 'fault'],
    ],
    'unknown unknown unknown',
  ],
  [
    'but its standing alarm stays',
    true,
    [
      [0, 'tick', true],
      [500, 'tick', true],
    ],
    'beyond beyond',
  ],
  [
    'a clock set back does not make it wait for ever',
    false,
    [
      [0, 'tick'],
      [9000, 20],
      [1000, 'tick'],
      [1119, 'tick'],
      [1120, 'tick'],
    ],
    'unknown within within within beyond',
  ],
])('%s', (_name, onceGood, rows, expected) => expect(run(onceGood, rows).join(' ')).toBe(expected))
