import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import type { PointInfo } from '#shared/devices/contract.ts'
import { periodOf } from '../period/period.ts'
import { createFormat } from '../format.ts'
import { cellFace, reasonKey } from './cell-face.ts'
import { figuresOf, figureWords, stepOf } from './choice.ts'
import { nameIn, usualChoice } from './export-choice.ts'
import { isTwice, rowTime } from './row-time.ts'

const calendar = createCalendar('Europe/Berlin')
const format = createFormat('en-GB', 'Europe/Berlin')
const now = calendar.momentOf('2026-11-20T12:00')
const point = (is: PointInfo['is'], more: Partial<PointInfo> = {}) =>
  ({
    id: 'x',
    series: 1,
    is,
    unit: '',
    decimals: 1,
    values: null,
    text: null,
    off: null,
    title: null,
    role: 'measure',
    ...more,
  }) as PointInfo
const words = { off: 'OFF', name: (key: string) => (key === 'on' ? 'On' : '') }

test('a period has the step that suits its length, unless one is named', () => {
  const step = (address: Record<string, string>) => stepOf(address, periodOf(address, now, calendar))
  expect(['day', 'week', 'month', 'quarter', 'year'].map((period) => step({ period }))).toEqual(['15min', 'hour', 'day', 'day', 'month'])
  expect(step({ period: 'year', step: 'raw' })).toBe('raw')
  expect(step({ step: 'century' })).toBe('15min')
})

test('meters are counted and all else has its mean, unless figures are named', () => {
  const [flow, energy] = [point('temperature'), point('energy')]
  expect([figuresOf({}, [flow]), figuresOf({}, [energy]), figuresOf({}, [flow, energy])]).toEqual([['mean'], ['delta'], ['mean', 'delta']])
  expect(figuresOf({ figures: 'last,min,nonsense' }, [flow])).toEqual(['min', 'last'])
  expect([figureWords(['last', 'min']), figureWords([])]).toEqual(['min,last', undefined])
})

test('a time that comes twice carries its zone, no other does', () => {
  const first = calendar.momentOf('2026-10-25T02:30')
  const hour = 3_600_000
  expect([first - hour, first, first + hour, first + 2 * hour].map((at) => isTwice(at, calendar))).toEqual([false, true, true, false])
  expect([first - hour, first, first + hour, first + 2 * hour].map((at) => rowTime(at, '15min', calendar, format).time)).toEqual([
    '01:30',
    '02:30 CEST',
    '02:30 CET',
    '03:30',
  ])
  const spring = calendar.startOf('2026-03-29')
  expect(Array.from({ length: 96 }, (_, i) => isTwice(spring + i * 900_000, calendar)).some(Boolean)).toBe(false)
  expect(rowTime(now + 5000, 'raw', calendar, format).time).toBe('12:00:05')
  expect([rowTime(spring, 'day', calendar, format), rowTime(spring, 'month', calendar, format)]).toEqual([
    { day: '29 Mar 2026', time: '' },
    { day: 'Mar 2026', time: '' },
  ])
})

test('a cell shows the value with its digits, the name of a state, or the word for why there is none', () => {
  const face = (one: PointInfo, figure: 'mean' | 'last' | 'delta' | null, value: number | null, state = 0) => {
    const { text, word } = cellFace(one, figure, value, state, format, words)
    return text ?? word
  }
  expect(face(point('temperature'), 'mean', 20.26)).toBe('20.3')
  const pump = point('state', { values: { 1: 'on' }, decimals: 0 })
  expect([face(pump, null, 1), face(pump, 'mean', 0.25), face(pump, 'delta', 1)]).toEqual(['On', '0.25', '1'])
  expect(face(point('duration', { decimals: 0 }), 'delta', 120)).toBe('2 min')
  expect(face(point('temperature', { off: 9 }), 'last', 9)).toBe('OFF')
  expect([7, 8, 1, 2, 10, 0].map((state) => face(point('temperature'), 'last', null, state))).toEqual([
    'none',
    'absent',
    'fault',
    'offline',
    'back',
    'empty',
  ])
  expect([reasonKey('none', 'raw'), reasonKey('none', 'hour'), reasonKey('good', 'raw')]).toEqual(['noneRaw', 'none', 'good'])
})

test('a file begins as spreadsheets of the language read it', () => {
  expect(usualChoice(',.')).toMatchObject({ delimiter: 'semicolon', decimal: 'comma' })
  expect(usualChoice('.,')).toMatchObject({ delimiter: 'comma', decimal: 'point' })
  expect(nameIn('attachment; filename="x"; filename*=UTF-8\'\'Me%C3%9Fwerte%202026.csv')).toBe('Meßwerte 2026.csv')
  expect(nameIn(null)).toBe('readings')
})
