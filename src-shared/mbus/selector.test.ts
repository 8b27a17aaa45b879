import { describe, expect, test } from 'vitest'
import { canonical } from './convert.ts'
import { parseSelector, select, selectorOf } from './selector.ts'
import { decodeTelegram } from './telegram.ts'
import { frameBytes, frameNames } from './testing/corpus.ts'

const telegram = (name: string) => decodeTelegram(frameBytes('valid', name))
const kamstrup = [telegram('kamstrup_multical_601')]

function valueOf(telegrams: typeof kamstrup, text: string, into: Parameters<typeof select>[2]) {
  const selector = parseSelector(text)
  if (!selector) throw new Error(`${text} is no selector`)
  return select(telegrams, selector, into)
}

test.each([
  ['energy', 'energy', 37351],
  ['volume', 'volume', 561.08],
  ['power', 'power', 34.7],
  ['power/function=maximum', 'power', 44.8],
  ['power/function=maximum/storage=1', 'power', 55],
  ['flow', 'flow', 0.543],
  ['flowTemperature', 'temperature', 101.69],
  ['temperatureDifference', 'temperatureDifference', 55.53],
  ['onTime', 'duration', 3546000],
  ['energy/tariff=1', 'energy', 0],
  ['energy/storage=1', 'energy', 33361],
  ['volume/storage=1', 'volume', 500.98],
  ['volume/subunit=2', 'volume', 0],
  ['record:2', 'energy', 37351],
  ['header:serial', 'text', 6855817],
  ['header:medium', 'state', 4],
  ['header:version', 'number', 8],
] as const)('%s of a Multical 601', (text, into, value) => {
  expect(valueOf(kamstrup, text, into)).toEqual({ value, served: true })
})

test('heating energy that is told as going forward is the energy, and cooling stands apart', () => {
  const both = [telegram('EDC')]
  expect(valueOf(both, 'energy', 'energy').value).toBe(35)
  expect(valueOf(both, 'coolingEnergy', 'energy').value).toBe(465)
})

test('a value that the meter kept from the time of an error is not that of now', () => {
  expect(valueOf([telegram('itron_cf_51')], 'flowTemperature', 'temperature')).toEqual({ value: null, served: false })
})

test('a record that is not there, has no number or is of another kind has no value', () => {
  expect(valueOf(kamstrup, 'pressure', 'pressure')).toEqual({ value: null, served: false })
  expect(valueOf(kamstrup, 'record:99', 'number')).toEqual({ value: null, served: false })
  expect(valueOf(kamstrup, 'dateTime', 'number')).toEqual({ value: null, served: true })
  expect(valueOf(kamstrup, 'volume', 'energy')).toEqual({ value: null, served: true })
})

test.each([
  '',
  'Energy',
  'record:0',
  'record:x',
  'header:name',
  'energy/storage=',
  'energy/storage=-1',
  'energy/colour=1',
  'maker=',
  'energy//',
])('"%s" is no selector', (text) => expect(parseSelector(text)).toBeNull())

describe('every record of every real answer', () => {
  test.each(frameNames('valid'))('%s is found again by its own selector', (name) => {
    const telegrams = [telegram(name)]
    const { records } = telegrams[0] ?? { records: [] }
    const texts = records.map((record) => selectorOf(record, records))
    expect(new Set(texts).size).toBe(records.length)
    records.forEach((record, i) => {
      if (record.value.kind !== 'number') return
      expect(valueOf(telegrams, texts[i] ?? '', 'number').served).toBe(true)
    })
  })
})

test('units of meters are turned into those of the trade', () => {
  expect(canonical(3.6e9, 'J', 'energy')).toBe(1000)
  expect(canonical(1e9, 'cal', 'energy')).toBeCloseTo(1163, 9)
  expect(canonical(2, 'm³/min', 'flow')).toBe(120)
  expect(canonical(1, 'kg', 'volume')).toBeNull()
})
