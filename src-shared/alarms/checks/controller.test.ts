import { expect, test } from 'vitest'
import { controllerCheck } from './controller.ts'
import { raised, verdicts } from './testing/run.ts'

test('is as the controller says, and not known when it does not answer', () => {
  const check = controllerCheck(1, (value) => value === 1)
  expect(verdicts(check, [0, 1, 'offline', 2])).toEqual(['within', 'beyond', 'unknown', 'within'])
  expect(check.shown()).toEqual({ value: 2, limit: null })
})

test('an alarm of a controller that goes offline stays', () => {
  expect(
    raised(
      controllerCheck(1, (value) => value === 1),
      [1, 'offline', 'offline', 0],
    ),
  ).toEqual([true, true, true, false])
})
