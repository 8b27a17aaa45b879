import { describe, expect, test } from 'vitest'
import { Failure } from '../failures.ts'
import { buildFrame } from './frame.ts'
import { decodeTelegram } from './telegram.ts'
import { bytesOf } from './testing/corpus.ts'

const header = bytesOf('78 56 34 12 24 40 01 07 55 00 00 00')

function recordsOf(text: string) {
  const data = Uint8Array.of(...header, ...bytesOf(text))
  return decodeTelegram(buildFrame({ kind: 'long', control: 0x08, address: 1, ci: 0x72, data })).records
}

const only = (text: string) => {
  const [record, ...others] = recordsOf(text)
  expect(others).toEqual([])
  return record
}

const number = (value: number) => ({ kind: 'number', value })

describe('numbers', () => {
  test.each([
    ['one byte with sign', '01 5B FB', number(-5)],
    ['two bytes', '02 5A 2C 01', number(30)],
    ['three bytes', '03 13 FF FF FF', number(-0.001)],
    ['four bytes', '04 06 E7 91 00 00', number(37351000)],
    ['six bytes', '06 06 FF FF FF FF FF FF', number(-1000)],
    ['eight bytes', '07 03 01 00 00 00 01 00 00 00', number(4294967297)],
    ['a single float', '05 5B 90 D3 07 43', number(135.826416015625)],
    ['digits', '0C 78 17 58 85 06', number(6855817)],
    ['two digits', '09 FD 0E 11', number(11)],
    ['twelve digits', '0E 04 12 90 78 56 34 12', number(1234567890120)],
    ['digits with a minus', '0B 61 18 00 F0', number(-0.18)],
    ['hundredths without a trace of binary fractions', '04 14 2C DB 00 00', number(561.08)],
  ])('%s', (_, text, value) => {
    expect(only(text)?.value).toEqual(value)
  })

  test('what a number cannot hold is kept whole', () => {
    expect(only('07 03 01 00 00 00 00 00 20 00')?.value).toEqual({ kind: 'large', integer: 2n ** 53n + 1n, exponent: 0, factor: 1 })
    expect(only('07 FD 17 FF FF FF FF FF FF FF FF')?.value).toEqual({ kind: 'large', integer: 2n ** 64n - 1n, exponent: 0, factor: 1 })
    expect(only('07 03 FF FF FF FF FF FF FF FF')?.value).toEqual(number(-1))
  })

  test('flags and numbers of things have no sign', () => {
    expect(only('01 FD 17 FF')?.value).toEqual(number(255))
    expect(only('04 78 FF FF FF FF')?.value).toEqual(number(4294967295))
  })

  test.each([
    ['the lowest number with a sign', '02 5B 00 80', { kind: 'absent', reason: 'marker' }],
    ['a float that is no number', '05 5B 00 00 C0 7F', { kind: 'absent', reason: 'marker' }],
    ['signs that are no digits', '3C 2B BD EB DD DD', { kind: 'absent', reason: 'digits', digits: 'DDDDEBBD' }],
    ['a minus alone', '09 74 F0', number(0)],
    ['no data', '00 13', { kind: 'absent', reason: 'empty' }],
    ['data asked for and not sent', '08 13', { kind: 'absent', reason: 'empty' }],
  ])('%s leaves no wrong number', (_, text, value) => {
    expect(only(text)?.value).toEqual(value)
  })

  test('a meter that says why it has no value has none', () => {
    expect(only('04 86 15 00 00 00 00')).toMatchObject({ quantity: 'energy', error: 0x15, value: { kind: 'absent', reason: 'error' } })
    expect(only('04 86 00 01 00 00 00')).toMatchObject({ quantity: 'energy', error: null, value: number(1000) })
  })
})

describe('data that say their own length', () => {
  test.each([
    ['a text, last letter first', '0D FD 0B 05 31 32 48 46 57', { kind: 'text', text: 'WFH21' }],
    ['an empty text', '0D FD 0B 00', { kind: 'text', text: '' }],
    ['letters beyond ASCII', '0D FD 10 02 E9 B0', { kind: 'text', text: '°é' }],
    ['digits', '0D 13 C2 34 12', number(1.234)],
    ['digits below zero', '0D 13 D2 34 12', number(-1.234)],
    ['a binary number', '0D 13 E2 FF FF', number(-0.001)],
    ['a binary number of no bytes', '0D 13 E0', { kind: 'absent', reason: 'empty' }],
    [
      'a binary number too long for eight bytes',
      '0D 13 E9 01 02 03 04 05 06 07 08 09',
      { kind: 'bytes', bytes: bytesOf('01 02 03 04 05 06 07 08 09') },
    ],
    ['a profile, which is not one value', '0D 93 1F 03 01 02 03', { kind: 'bytes', bytes: bytesOf('01 02 03') }],
  ])('%s', (_, text, value) => {
    expect(only(text)?.value).toEqual(value)
  })

  test.each([
    ['a length without meaning', '0D 13 F7 00', 'lvar'],
    ['fewer bytes than said', '0D 13 05 31 32', 'dataShort'],
  ])('%s is refused', (_, text, reason) => {
    expect(() => recordsOf(text)).toThrow(Failure)
    expect(() => recordsOf(text)).toThrow(`"reason":"${reason}"`)
  })
})

describe('dates', () => {
  const dateTime = (text: string, summerTime = false) => ({ kind: 'dateTime', dateTime: text, summerTime })

  test.each([
    ['a day', '02 6C BF 15', { kind: 'date', date: '2013-05-31' }],
    ['a day of the last century', '02 6C 2C A1', { kind: 'date', date: '1981-01-12' }],
    ['a minute', '04 6D 1A 2F 65 11', dateTime('2011-01-05T15:26')],
    ['a minute in summer time', '04 6D 1A AF 65 16', dateTime('2011-06-05T15:26', true)],
    ['a minute of a meter that does not tell the century', '04 6D 10 09 05 C5', dateTime('1996-05-05T09:16')],
    ['a second', '06 6D 1E 00 08 16 27 00', dateTime('2016-07-22T08:00:30')],
    ['a second in summer time', '06 6D 5E 00 08 16 27 00', dateTime('2016-07-22T08:00:30', true)],
    ['a time of day', '03 6D 1E 05 17', { kind: 'timeOfDay', time: '23:05:30' }],
    ['the 29 February of a leap year', '02 6C 9D 12', { kind: 'date', date: '2012-02-29' }],
    ['each 31 December', '02 6C FF FC', { kind: 'every', year: null, month: 12, day: 31, hour: 0, minute: 0 }],
    ['the first of each month at noon', '04 6D 00 2C E1 FF', { kind: 'every', year: null, month: null, day: 1, hour: 12, minute: 0 }],
    ['the last day a flow was too high', '02 BE 4F BF 15', { kind: 'date', date: '2013-05-31' }],
  ])('%s', (_, text, value) => {
    expect(only(text)?.value).toEqual(value)
  })

  test.each([
    ['never set', '02 6C 00 00', 'unset'],
    ['all ones', '04 6D FF FF FF FF', 'unset'],
    ['marked invalid by the meter', '04 6D A1 15 E9 17', 'invalid'],
    ['marked invalid by the meter, with seconds', '06 6D 1E 80 08 16 27 00', 'invalid'],
    ['the 30 February', '02 6C 9E 12', 'invalid'],
    ['month 13', '02 6C 81 1D', 'invalid'],
    ['hour 24', '04 6D 1A 38 65 11', 'invalid'],
    ['year 101', '02 6C A1 C1', 'invalid'],
    ['second 60', '06 6D 3C 00 08 16 27 00', 'invalid'],
    ['a time of day after the last', '03 6D 00 3C 00', 'invalid'],
  ])('%s is no date', (_, text, reason) => {
    expect(only(text)?.value).toEqual({ kind: 'absent', reason })
  })

  test('a date written in another way than as a whole number is left as it is', () => {
    expect(only('0A 6C 31 12')?.value).toEqual({ kind: 'bytes', bytes: bytesOf('31 12') })
    expect(only('01 6C 31')?.value).toEqual({ kind: 'bytes', bytes: bytesOf('31') })
  })
})
