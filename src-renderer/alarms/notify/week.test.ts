import { expect, test } from 'vitest'
import { barsOf } from './week.ts'

test('a night goes on into the next day, from Sunday into Monday', () => {
  expect(barsOf([{ days: [7], from: '22:00', to: '06:00' }])).toEqual([
    { day: 1, from: 0, to: 360 },
    { day: 7, from: 1320, to: 1440 },
  ])
})

test('what overlaps or touches is one stretch', () => {
  const week = [
    { days: [1, 2], from: '08:00', to: '12:00' },
    { days: [1], from: '12:00', to: '16:00' },
    { days: [1], from: '09:00', to: '10:00' },
  ]
  expect(barsOf(week)).toEqual([
    { day: 1, from: 480, to: 960 },
    { day: 2, from: 480, to: 720 },
  ])
})

test('a whole day is from midnight to 24:00, or from an hour to the same one', () => {
  expect(barsOf([{ days: [3], from: '00:00', to: '24:00' }])).toEqual([{ day: 3, from: 0, to: 1440 }])
  expect(barsOf([{ days: [3], from: '06:00', to: '06:00' }])).toEqual([
    { day: 3, from: 360, to: 1440 },
    { day: 4, from: 0, to: 360 },
  ])
})
