import { expect, test } from 'vitest'
import { clockText, dayFault, minutesOf, moves, scheduleCell, valueOfMinutes } from './schedule.ts'

test('a time of day is told in minutes, however the controller keeps it', () => {
  expect(minutesOf({ text: 'clock' }, 630)).toBe(390)
  expect(minutesOf({ text: null }, 23_400)).toBe(390)
  for (const text of ['clock', null] as const) {
    for (const minutes of [0, 30, 390, 1439, 1440]) expect(minutesOf({ text }, valueOfMinutes({ text }, minutes))).toBe(minutes)
  }
  expect([clockText(390), clockText(1440)]).toEqual(['06:30', '24:00'])
})

test('the cells of both kinds of week programs are known', () => {
  expect(scheduleCell('circuit1.schedule.monday.start1')).toEqual({ day: 'monday', edge: 'start', period: 1 })
  expect(scheduleCell('circuit2.week.sunday.stop3')).toEqual({ day: 'sunday', edge: 'stop', period: 3 })
  expect(scheduleCell('circuit2.comfort')).toBeNull()
})

test('periods that stop before they start or overlap are found; those not used do not count', () => {
  const unused = { start: 1440, stop: 1440 }
  expect(dayFault([{ start: 360, stop: 480 }, { start: 480, stop: 1320 }, unused])).toBeNull()
  expect(
    dayFault([
      { start: 0, stop: 0 },
      { start: 360, stop: 480 },
    ]),
  ).toBeNull()
  expect(dayFault([{ start: 480, stop: 360 }])).toBe('backwards')
  expect(
    dayFault([
      { start: 360, stop: 600 },
      { start: 540, stop: 700 },
    ]),
  ).toBe('overlap')
})

test('registers are written in an order that never turns a day around', () => {
  const held = [360, 480, 600, 720]
  for (const wanted of [
    [700, 800, 900, 1000],
    [0, 60, 120, 180],
    [300, 700, 710, 715],
    [365, 370, 900, 1000],
  ]) {
    const now = [...held]
    const order = moves(held.map((from, point) => ({ point, from, to: wanted[point] as number })))
    for (const { point, to } of order) {
      now[point] = to
      expect(now).toEqual([...now].sort((a, b) => a - b))
    }
    expect(now).toEqual(wanted)
  }
  expect(moves([{ point: 1, from: 5, to: 5 }])).toEqual([])
})
