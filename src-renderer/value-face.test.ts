import { expect, test } from 'vitest'
import { createFormat } from './format.ts'
import { face, valueText, type Shown } from './value-face.ts'

const format = createFormat('en-GB', 'UTC')
const words = { off: 'OFF', name: (key: string) => ({ on: 'On', off: 'Off' })[key] ?? '' }
const temperature: Shown = { is: 'temperature', unit: '°C', decimals: 1, values: null, off: null }
const now = Date.UTC(2026, 0, 15, 12)
const shown = (reading: Parameters<typeof face>[1], point = temperature) => face(point, reading, now, format, words)

test('a value has its number with the decimals of its point, its unit and its age', () => {
  expect(shown({ value: -3.14, quality: 'good', at: now - 4000 })).toEqual({
    text: '−3.1',
    unit: '°C',
    absent: null,
    age: 4000,
    stale: false,
    mark: null,
  })
})

test.each([
  ['fault', 'fault'],
  ['offline', 'offline'],
  ['good', 'none'],
] as const)('an absent value of quality %s has the reason %s and no text, never 0', (quality, absent) => {
  expect(shown({ value: null, quality, at: now })).toMatchObject({ text: null, unit: '', absent })
})

test('before the first reading there is no value and no age', () => {
  expect(shown(undefined)).toMatchObject({ text: null, absent: 'none', age: null })
})

test('a value older than twice its interval is old; one marked so is old at once', () => {
  expect(shown({ value: 1, quality: 'good', at: now - 30_000 }).stale).toBe(false)
  expect(shown({ value: 1, quality: 'good', at: now - 30_001 }).stale).toBe(true)
  expect(shown({ value: 1, quality: 'stale', at: now }).stale).toBe(true)
})

test('a value that was not measured says how it came about', () => {
  expect(shown({ value: 1, quality: 'manual', at: now }).mark).toBe('manual')
})

test.each<[string, Partial<Shown>, number, string, string]>([
  ['OFF', { off: 9 }, 9, 'OFF', ''],
  ['a named state', { is: 'state', unit: '', values: { 1: 'on' } }, 1, 'On', ''],
  ['a state without a text', { is: 'state', unit: '', values: { 1: 'new' } }, 1, 'new', ''],
  ['a time of day', { is: 'number', unit: '', text: 'clock' }, 530, '05:30', ''],
  ['a duration', { is: 'duration', unit: 's', decimals: 0 }, 5940, '1 h 39 min', ''],
  ['a short duration', { is: 'duration', unit: 's', decimals: 0 }, 170, '170 s', ''],
  ['nothing below zero', {}, -0.04, '0.0', '°C'],
])('%s', (_name, point, value, text, unit) => {
  expect(valueText({ ...temperature, ...point }, value, format, words)).toEqual({ text, unit })
})
