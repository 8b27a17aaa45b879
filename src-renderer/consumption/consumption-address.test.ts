import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { periodOf } from '../period/period.ts'
import { quantityOf, stepOf, stepsFor } from './consumption-address.ts'

const calendar = createCalendar('Europe/Copenhagen')
const now = Date.parse('2026-11-22T12:00Z')
const period = (kind: string) => periodOf({ period: kind }, now, calendar)

test.each([
  ['day', 'hour', ['hour']],
  ['week', 'day', ['hour', 'day']],
  ['month', 'day', ['day']],
  ['quarter', 'day', ['day', 'month']],
  ['year', 'month', ['day', 'month']],
])('a %s is shown by the %s', (kind, step, possible) => {
  expect(stepOf({}, period(kind))).toBe(step)
  expect(stepsFor(period(kind))).toEqual(possible)
})

test('a step that the address names is taken when it makes sense', () => {
  expect(stepOf({ step: 'day' }, period('year'))).toBe('day')
  expect(stepOf({ step: 'hour' }, period('year'))).toBe('month')
  expect(quantityOf({ register: 'volume' })).toBe('volume')
  expect(quantityOf({ register: 'nonsense' })).toBe('energy')
})
