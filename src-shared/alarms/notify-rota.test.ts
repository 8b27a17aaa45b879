import { describe, expect, test } from 'vitest'
import { createCalendar } from '../calendar.ts'
import type { ListContent, Rota } from './notify.ts'
import { onCallAt } from './notify-rota.ts'

const calendar = createCalendar('Europe/Berlin')
const at = (time: string) => Date.parse(time)
const three = ['anna', 'bernd', 'clara']
const all = new Set(three)
type Weekly = Extract<Rota, { kind: 'weekly' }>

// Monday 08:00; the first one is 2026-10-05 (UTC+2).
const weekly = (extra: Partial<Weekly> = {}): ListContent => ({
  name: 'On call',
  members: three,
  rota: { kind: 'weekly', start: '2026-10-01', weekday: 1, at: '08:00', exceptions: [], ...extra },
})
const told = (list: ListContent, time: string, active: ReadonlySet<string> = all) => onCallAt(list, active, calendar, at(time))

test('without a rota all active members are told, in their order', () => {
  const list: ListContent = { name: 'All', members: three, rota: { kind: 'none' } }
  expect(told(list, '2026-10-05T06:00:00Z', new Set(['clara', 'anna']))).toEqual({
    recipients: ['anna', 'clara'],
    standIn: false,
    until: null,
  })
})

describe('a week each', () => {
  test.each([
    ['2026-10-05T06:00:00Z', 'anna'],
    ['2026-10-12T05:59:59Z', 'anna'],
    ['2026-10-12T06:00:00Z', 'bernd'],
    ['2026-10-19T06:00:00Z', 'clara'],
    ['2026-10-26T06:59:59Z', 'clara'],
    ['2026-10-26T07:00:00Z', 'anna'],
    ['2027-03-29T05:59:59Z', 'anna'],
    ['2027-03-29T06:00:00Z', 'bernd'],
  ])('at %s it is %s, by the clock on the wall, whatever it changed', (time, name) =>
    expect(told(weekly(), time).recipients).toEqual([name]),
  )

  test('the hand-over is told, also across the change of clocks', () => {
    expect(told(weekly(), '2026-10-20T00:00:00Z').until).toBe(at('2026-10-26T07:00:00Z'))
  })

  test('before the first hand-over the order is counted back: there is always somebody', () => {
    expect(told(weekly(), '2026-10-05T05:59:59Z').recipients).toEqual(['clara'])
    expect(told(weekly(), '2026-09-28T05:59:59Z').recipients).toEqual(['bernd'])
  })

  test('who is not active has the next of the order stand in, and nobody stands where nobody is', () => {
    expect(told(weekly(), '2026-10-05T07:00:00Z', new Set(['clara']))).toMatchObject({ recipients: ['clara'], standIn: true })
    expect(told(weekly(), '2026-10-05T07:00:00Z', new Set())).toMatchObject({ recipients: [], standIn: false })
    expect(onCallAt({ ...weekly(), members: [] }, all, calendar, at('2026-10-05T07:00:00Z')).recipients).toEqual([])
  })
})

describe('exceptions', () => {
  const list = weekly({
    exceptions: [
      { from: '2026-10-07T12:00', to: '2026-10-09T12:00', recipient: 'clara' },
      { from: '2026-10-08T00:00', to: '2026-10-09T00:00', recipient: 'bernd' },
    ],
  })

  test('somebody stands in, the last one that fits counts, then it is as before', () => {
    expect(told(list, '2026-10-07T09:59:00Z')).toEqual({ recipients: ['anna'], standIn: false, until: at('2026-10-07T10:00:00Z') })
    expect(told(list, '2026-10-07T10:00:00Z')).toEqual({ recipients: ['clara'], standIn: true, until: at('2026-10-07T22:00:00Z') })
    expect(told(list, '2026-10-08T10:00:00Z').recipients).toEqual(['bernd'])
    expect(told(list, '2026-10-09T09:00:00Z').recipients).toEqual(['clara'])
    expect(told(list, '2026-10-09T10:00:00Z').recipients).toEqual(['anna'])
  })

  test('a stand-in who is not active leaves the turn as it is', () => {
    expect(told(list, '2026-10-07T10:00:00Z', new Set(['anna', 'bernd'])).recipients).toEqual(['anna'])
  })
})
