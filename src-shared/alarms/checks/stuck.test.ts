import { expect, test } from 'vitest'
import { stuckCheck } from './stuck.ts'
import { hour, minute, raised, told, verdicts, type Told } from './testing/run.ts'

const quarter = 15 * minute
const flat = (count: number, value = 20): Told[] => Array.from({ length: count }, () => value)

test.each<[string, number, Told[], string]>([
  ['the same for all of the time', 0, flat(6), 'unknown unknown unknown unknown beyond beyond'],
  ['a change begins it anew', 0, [20, 20, 21, 21, 21, 21, 21], 'unknown unknown within within within within beyond'],
  ['what changes within the band does not move', 0.5, [20, 20.4, 20, 20.5, 20.1], 'unknown unknown unknown unknown beyond'],
  ['a band is around all values, not from one to the next', 0.5, [20, 20.4, 20.8, 21.2, 21.6], 'unknown unknown within within within'],
  [
    'lost values are not the same value',
    0,
    [20, 'offline', 'offline', 'offline', 'offline', 'offline'],
    'unknown unknown unknown unknown unknown unknown',
  ],
  ['a short gap does not begin it anew', 0, [20, 'offline', 20, 20, 20], 'unknown unknown unknown unknown beyond'],
  [
    'a gap of more than half the time does',
    0,
    [20, 'offline', 'offline', 20, 20, 20, 20, 20],
    'unknown unknown unknown unknown unknown unknown unknown beyond',
  ],
])('%s', (_name, within, readings, expected) => expect(verdicts(stuckCheck(1, hour, within), readings, quarter).join(' ')).toBe(expected))

test('a standing alarm stays through a lost link and a start until the value moves', () => {
  const readings: Told[] = [20, 20, 'offline', 'offline', 'offline', 20, 20.5]
  expect(raised(stuckCheck(1, hour, 0), readings, { everyMs: quarter, active: true })).toEqual([true, true, true, true, true, true, false])
})

test('a meter that is read once a day can be stuck for three', () => {
  expect(verdicts(stuckCheck(1, 72 * hour, 0), flat(4), 24 * hour)).toEqual(['unknown', 'unknown', 'unknown', 'beyond'])
})

test('never beyond before the time is over, whatever the distance of readings', () => {
  for (const everyMs of [10_000, minute, 7 * minute, quarter, 29 * minute]) {
    const check = stuckCheck(1, hour, 0)
    for (let at = 0; at < 3 * hour; at += everyMs) expect(check.take(0, ...told(20), at, false)).toBe(at >= hour ? 'beyond' : 'unknown')
  }
})
