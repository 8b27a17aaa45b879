import { expect, test } from 'vitest'
import { courseOf } from './course.ts'

const course = { at: [0, 50, 100], value: [10, 20, 30], from: 0, to: 100, limit: null, raisedAt: null }

test('a hole in the data is a hole in the line', () => {
  expect(courseOf({ ...course, at: [0, 25, 50, 100], value: [10, null, 20, 30] }, 100, 40)?.path).toBe('M0.0 40.0M50.0 20.0L100.0 0.0')
})

test('the limit lies within the picture also where the value never reached it', () => {
  const drawn = courseOf({ ...course, limit: 50 }, 100, 40)
  expect([drawn?.low, drawn?.high, drawn?.limit]).toEqual([10, 50, 0])
})

test('the moment it was raised is marked only inside the time that is shown', () => {
  expect(courseOf({ ...course, raisedAt: 25 }, 100, 40)?.raised).toBe(25)
  expect(courseOf({ ...course, raisedAt: 125 }, 100, 40)?.raised).toBeNull()
})

test('less than two values are no course', () => {
  expect(courseOf({ ...course, value: [null, 20, null] }, 100, 40)).toBeNull()
})
