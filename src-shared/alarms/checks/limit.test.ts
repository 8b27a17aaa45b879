import { expect, test } from 'vitest'
import { limitCheck } from './limit.ts'
import { raised, seeded, told, verdicts, type Told } from './testing/run.ts'

test.each<[string, 1 | -1, number, Told[], string]>([
  ['above is more than the limit', 1, 80, [79.9, 80, 80.1], 'within within beyond'],
  ['below is less than the limit', -1, 5, [5.1, 5, 4.9], 'within within beyond'],
  [
    'values of a person and substitutes count',
    1,
    80,
    [
      [81, 'manual'],
      [81, 'substituted'],
    ],
    'beyond beyond',
  ],
  [
    'nothing else counts, even with a value',
    1,
    80,
    [
      [81, 'stale'],
      [81, 'fault'],
      [81, 'offline'],
      [81, 'log'],
      [Number.NaN, 'manual'],
    ],
    'unknown unknown unknown unknown unknown',
  ],
  ['a lost value is not zero', -1, 5, ['offline', 'fault', 'stale'], 'unknown unknown unknown'],
  ['what a float of 32 bits adds is not above', 1, 79.9, [Math.fround(79.9)], 'within'],
])('%s', (_name, side, limit, readings, expected) => expect(verdicts(limitCheck(1, side, limit, 0), readings).join(' ')).toBe(expected))

test('a low alarm 0 to 5 does not come up when the link drops', () => {
  expect(raised(limitCheck(1, -1, 5, 0), [50, 'offline', 'offline', 'offline', 50])).toEqual([false, false, false, false, false])
})

test('a standing high alarm 80 to 120 stays when the link drops, and clears with the first good value', () => {
  expect(raised(limitCheck(1, 1, 80, 0), [90, 'offline', 'stale', 'offline', 90, 'offline', 79])).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ])
})

test('with delays a lost value neither shortens nor lengthens anything but its own wait', () => {
  const delays = { onMs: 120_000, offMs: 120_000 }
  const readings: Told[] = [90, 90, 'offline', 90, 90, 90, 70, 70, 'offline', 70, 70, 70]
  expect(raised(limitCheck(1, 1, 80, 0), readings, { delays }).indexOf(true)).toBe(5)
  expect(raised(limitCheck(1, 1, 80, 0), readings, { delays }).lastIndexOf(true)).toBe(10)
})

test.each<[string, 1 | -1, number[], string]>([
  ['above', 1, [61, 60, 59.5, 59.1, 59, 60, 60.1], 'true true true true false false true'],
  ['below', -1, [59, 60, 60.5, 60.9, 61, 60, 59.9], 'true true true true false false true'],
])('once raised %s, the value comes back by the deadband before it clears', (_side, side, values, expected) => {
  expect(raised(limitCheck(1, side, 60, 1), values).join(' ')).toBe(expected)
})

test('a value that comes back exactly to the end of the deadband clears, however it is counted', () => {
  for (let tenth = 0; tenth < 1000; tenth++) {
    const limit = tenth / 10
    const back = Math.round((limit - 0.7) * 100) * 0.01
    expect(raised(limitCheck(1, 1, limit, 0.7), [limit + 1, back])).toEqual([true, false])
  }
})

test('shows the last value that counted and the limit', () => {
  const check = limitCheck(1, 1, 80, 0)
  expect(check.shown()).toEqual({ value: Number.NaN, limit: 80 })
  verdicts(check, [85, 'offline'])
  expect(check.shown()).toEqual({ value: 85, limit: 80 })
})

test('a reading told twice says the same twice', () => {
  const random = seeded(3)
  const check = limitCheck(1, -1, 50, 2)
  for (let n = 0; n < 500; n++) {
    const reading = told(random() < 0.2 ? 'stale' : random() * 100)
    const active = random() < 0.5
    expect(check.take(0, ...reading, n, active)).toBe(check.take(0, ...reading, n, active))
  }
})
