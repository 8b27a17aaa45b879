import { expect, test } from 'vitest'
import { sensorCheck } from './sensor.ts'
import { raised, verdicts, type Told } from './testing/run.ts'

test.each<[string, boolean, Told[], string]>([
  ['so many faults in a row', false, [20, 'fault', 'fault', 'fault'], 'within unknown beyond beyond'],
  ['a good value between them begins anew', false, [20, 'fault', 20, 'fault', 'fault'], 'within unknown within unknown beyond'],
  [
    'a device that does not answer says nothing of its sensors',
    false,
    [20, 'offline', 'offline', 'offline', 'stale'],
    'within unknown unknown unknown unknown',
  ],
  ['a fault goes on across a lost link', false, [20, 'fault', 'offline', 'fault'], 'within unknown unknown beyond'],
  ['a value that a person put there says nothing of the sensor', false, ['fault', [20, 'manual'], 'fault'], 'unknown unknown beyond'],
  ['where a sensor must be, one that never was is broken', false, ['fault', 'fault'], 'unknown beyond'],
  ['an input without a sensor is not broken', true, ['fault', 'fault', 'fault'], 'unknown unknown unknown'],
  ['a sensor that was there is', true, ['fault', 20, 'fault', 'fault'], 'unknown within unknown beyond'],
])('%s', (_name, onceGood, readings, expected) => expect(verdicts(sensorCheck(1, 2, onceGood), readings).join(' ')).toBe(expected))

test('the same reading told twice is one poll', () => {
  const check = sensorCheck(1, 2, false)
  expect([0, 0, 0, 1].map((at) => check.take(0, Number.NaN, 'fault', at, false))).toEqual(['unknown', 'unknown', 'unknown', 'beyond'])
})

test('stands through a lost link and a start, and clears with a good value', () => {
  expect(raised(sensorCheck(1, 2, true), ['offline', 'fault', 'offline', 20], { active: true })).toEqual([true, true, true, false])
})
