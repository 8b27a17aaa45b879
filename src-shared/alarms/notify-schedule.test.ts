import { describe, expect, test } from 'vitest'
import { createCalendar } from '../calendar.ts'
import type { ScheduleContent } from './notify.ts'
import { isActive, nextActive, nextChange } from './notify-schedule.ts'

const calendar = createCalendar('Europe/Berlin')
const at = (time: string) => Date.parse(time)
const all = [1, 2, 3, 4, 5, 6, 7]
const office: ScheduleContent = { name: 'Office', week: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '16:30' }], holidays: [] }
const schedule = (from: string, to: string, days = all): ScheduleContent => ({ name: 'Hours', week: [{ days, from, to }], holidays: [] })

describe('hours of a week', () => {
  // Friday 2026-11-20, UTC+1.
  test.each([
    ['2026-11-20T05:59:59Z', false],
    ['2026-11-20T06:00:00Z', true],
    ['2026-11-20T15:29:59Z', true],
    ['2026-11-20T15:30:00Z', false],
    ['2026-11-21T10:00:00Z', false],
    ['2026-11-23T06:00:00Z', true],
  ])('at %s people are told: %s', (time, told) => expect(isActive(office, calendar, at(time))).toBe(told))

  test('what comes after them waits for the next begin, what comes within does not', () => {
    expect(nextActive(office, calendar, at('2026-11-20T15:30:00Z'))).toBe(at('2026-11-23T06:00:00Z'))
    expect(nextActive(office, calendar, at('2026-11-20T12:00:00Z'))).toBe(at('2026-11-20T12:00:00Z'))
  })

  test('the next change is their end, or the next begin', () => {
    expect(nextChange(office, calendar, at('2026-11-20T12:00:00Z'))).toBe(at('2026-11-20T15:30:00Z'))
    expect(nextChange(office, calendar, at('2026-11-21T12:00:00Z'))).toBe(at('2026-11-23T06:00:00Z'))
  })

  test('a night goes on into the next day, also from Sunday to Monday', () => {
    const night = schedule('22:00', '06:00', [7])
    expect(isActive(night, calendar, at('2026-11-22T21:00:00Z'))).toBe(true)
    expect(isActive(night, calendar, at('2026-11-23T04:59:00Z'))).toBe(true)
    expect(isActive(night, calendar, at('2026-11-23T05:00:00Z'))).toBe(false)
    expect(isActive(night, calendar, at('2026-11-22T04:00:00Z'))).toBe(false)
  })

  test('the same from and to is a whole day, and days in a row never end', () => {
    const always = schedule('00:00', '00:00')
    expect(isActive(always, calendar, at('2026-11-22T23:30:00Z'))).toBe(true)
    expect(nextChange(always, calendar, at('2026-11-22T23:30:00Z'))).toBeNull()
    expect(nextChange(schedule('00:00', '24:00', [6, 7]), calendar, at('2026-11-21T12:00:00Z'))).toBe(at('2026-11-22T23:00:00Z'))
  })

  test('without hours nobody is ever told', () => {
    expect(nextActive({ name: 'None', week: [], holidays: [] }, calendar, at('2026-11-20T12:00:00Z'))).toBeNull()
  })
})

describe('holidays', () => {
  const christmas: ScheduleContent = {
    ...office,
    holidays: [
      { date: '2026-12-24', name: 'Christmas Eve', hours: [{ from: '09:00', to: '12:00' }] },
      { date: '2026-12-25', name: 'Christmas Day', hours: [] },
    ],
  }

  test('have hours of their own, or none', () => {
    expect(isActive(christmas, calendar, at('2026-12-24T06:30:00Z'))).toBe(false)
    expect(isActive(christmas, calendar, at('2026-12-24T10:59:00Z'))).toBe(true)
    expect(nextActive(christmas, calendar, at('2026-12-24T11:00:00Z'))).toBe(at('2026-12-28T06:00:00Z'))
  })

  test('do not cut the night that began on the day before', () => {
    const night = { ...schedule('22:00', '06:00'), holidays: [{ date: '2026-12-25', name: '', hours: [] }] }
    expect(isActive(night, calendar, at('2026-12-25T04:00:00Z'))).toBe(true)
    expect(isActive(night, calendar, at('2026-12-25T22:00:00Z'))).toBe(false)
  })
})

describe('when the clocks change', () => {
  test('in spring the night is an hour shorter, and hours that do not exist are none', () => {
    const night = schedule('22:00', '06:00', [6])
    expect(nextChange(night, calendar, at('2026-03-28T21:00:00Z'))).toBe(at('2026-03-29T04:00:00Z'))
    const skipped = schedule('02:00', '03:00', [7])
    expect(isActive(skipped, calendar, at('2026-03-29T01:00:00Z'))).toBe(false)
    expect(nextActive(skipped, calendar, at('2026-03-29T00:30:00Z'))).toBe(at('2026-04-05T00:00:00Z'))
  })

  test('hours that begin in the skipped hour begin when it would have', () => {
    expect(nextActive(schedule('02:30', '05:00', [7]), calendar, at('2026-03-29T00:30:00Z'))).toBe(at('2026-03-29T01:00:00Z'))
  })

  test('in autumn the hour that comes twice belongs to them both times', () => {
    const hours = schedule('02:15', '02:45', [7])
    expect(isActive(hours, calendar, at('2026-10-25T00:30:00Z'))).toBe(true)
    expect(isActive(hours, calendar, at('2026-10-25T01:30:00Z'))).toBe(true)
    expect(nextChange(hours, calendar, at('2026-10-25T00:30:00Z'))).toBe(at('2026-10-25T01:45:00Z'))
  })
})
