import { describe, expect, test } from 'vitest'
import { dayTime, localTime } from './local-time.ts'
import { hhmmOf, minutesOf, programAt, type Week } from './week.ts'

const minute = 60_000
const monday = Date.UTC(2025, 0, 6)
const at = (hours: number, minutes = 0) => monday + (hours * 60 + minutes) * minute

const week: Week = [
  [
    [300, 540],
    [960, 1320],
    [1440, 1440],
  ],
  [[0, 1440]],
  [],
  [],
  [],
  [],
  [],
]

describe('a week program', () => {
  test.each([
    ['before the first period', at(4, 59), false, at(0)],
    ['at its first minute', at(5), true, at(5)],
    ['in its last millisecond', at(9) - 1, true, at(5)],
    ['at its stop', at(9), false, at(9)],
    ['in the second period', at(20), true, at(16)],
    ['after it', at(23), false, at(22)],
    ['on a day of comfort all over', at(24 + 12), true, at(24)],
    ['on a day without periods', at(48 + 12), false, at(48)],
  ])('%s', (_when, local, comfort, since) => {
    expect(programAt(week, local)).toEqual({ comfort, since })
  })

  test('a period whose start is its stop is not used', () => {
    expect(programAt([[[600, 600]]], at(10))).toEqual({ comfort: false, since: at(0) })
  })

  test('times of a clock and minutes of a day are the same', () => {
    for (const minutes of [0, 30, 390, 1410, 1440]) expect(minutesOf(hhmmOf(minutes))).toBe(minutes)
    expect(hhmmOf(390)).toBe(630)
  })
})

describe('local time', () => {
  const zone = localTime('Europe/Stockholm')

  test.each([
    ['winter', Date.UTC(2025, 0, 15, 12), 60],
    ['summer', Date.UTC(2025, 6, 15, 12), 120],
    ['the last second before clocks go forward', Date.UTC(2025, 2, 30, 0, 59, 59), 60],
    ['the second they go forward', Date.UTC(2025, 2, 30, 1), 120],
    ['the second they go back', Date.UTC(2025, 9, 26, 1), 60],
  ])('%s', (_when, utc, minutes) => {
    expect(zone.offset(utc)).toBe(minutes * minute)
  })

  test('the offset of winter is known in summer too, south of the equator as well', () => {
    expect(zone.standardOffset).toBe(60 * minute)
    expect(localTime('Australia/Sydney').standardOffset).toBe(600 * minute)
  })

  test('weekdays are counted from Monday', () => {
    expect(dayTime(monday)).toEqual({ weekday: 0, time: 0 })
    expect(dayTime(monday - 1)).toEqual({ weekday: 6, time: 24 * 60 * minute - 1 })
    expect(dayTime(-1)).toEqual({ weekday: 2, time: 24 * 60 * minute - 1 })
  })
})
