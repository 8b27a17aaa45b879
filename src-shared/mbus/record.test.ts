import { describe, expect, test } from 'vitest'
import { Failure } from '../failures.ts'
import { takeStart } from './dif.ts'
import { buildFrame } from './frame.ts'
import { decodeTelegram } from './telegram.ts'
import { bytesOf } from './testing/corpus.ts'
import { takeValueInfo } from './vif.ts'
import { combinationOf } from './vife-table.ts'

const infoOf = (text: string) => takeValueInfo({ bytes: bytesOf(text), at: 0 })
const startOf = (text: string) => takeStart({ bytes: bytesOf(text), at: 0 })

describe('what a record is about', () => {
  test.each([
    ['04', { function: 'instant', storage: 0, tariff: 0, subunit: 0 }],
    ['54', { function: 'maximum', storage: 1, tariff: 0, subunit: 0 }],
    ['24', { function: 'minimum', storage: 0, tariff: 0, subunit: 0 }],
    ['B4 12', { function: 'error', storage: 4, tariff: 1, subunit: 0 }],
    ['DA 02', { function: 'maximum', storage: 5, tariff: 0, subunit: 0 }],
    ['8B 60', { function: 'instant', storage: 0, tariff: 2, subunit: 1 }],
    ['8E B0 00', { function: 'instant', storage: 0, tariff: 3, subunit: 0 }],
    ['8E 80 50', { function: 'instant', storage: 0, tariff: 4, subunit: 2 }],
    ['84 C0 41', { function: 'instant', storage: 32, tariff: 0, subunit: 3 }],
    ['C4 FF FF FF FF FF FF FF FF FF 7F', { function: 'instant', storage: 2 ** 41 - 1, tariff: 2 ** 20 - 1, subunit: 2 ** 10 - 1 }],
  ])('%s', (text, info) => {
    expect(startOf(text)).toMatchObject({ kind: 'record', info })
  })

  test.each([
    ['2F', { kind: 'filler' }],
    ['0F', { kind: 'maker', more: false }],
    ['1F', { kind: 'maker', more: true }],
  ])('%s is no record', (text, start) => {
    expect(startOf(text)).toEqual(start)
  })

  test.each(['3F', '7F', '8F', 'FF'])('%s is refused, because nobody knows how long it is', (text) => {
    expect(() => startOf(text)).toThrow('"reason":"dif"')
  })
})

describe('what a value is', () => {
  test.each([
    ['00', 'energy', 'Wh', -3, 1],
    ['0F', 'energy', 'J', 7, 1],
    ['26', 'operatingTime', 's', 0, 3600],
    ['47', 'volumeFlow', 'm³/min', 0, 1],
    ['4F', 'volumeFlow', 'm³/s', -2, 1],
    ['61', 'temperatureDifference', 'K', -2, 1],
    ['FB 00', 'energy', 'Wh', 5, 1],
    ['FB 0D', 'energy', 'cal', 6, 1],
    ['FB 29', 'power', 'W', 6, 1],
    ['FB 1B', 'humidity', '%', 0, 1],
    ['FD 48', 'voltage', 'V', -1, 1],
    ['FD 59', 'current', 'A', -3, 1],
    ['FD 29', 'storageInterval', 'year', 0, 1],
    ['FD 31', 'tariffTime', 's', 0, 60],
    ['FD 6D', 'batteryTime', 's', 0, 86400],
    ['FD 6E', 'batteryTime', 'month', 0, 1],
    ['FD 74', 'batteryRemaining', 's', 0, 86400],
  ])('%s', (text, quantity, unit, exponent, factor) => {
    expect(infoOf(text)).toMatchObject({ quantity, unit, exponent, factor, notes: [], maker: [], error: null })
  })

  test.each(['6F', '7B', '7E', 'FD 7F', 'FB 06', 'EF 01'])('%s has no meaning and gets none', (text) => {
    expect(infoOf(text)).toMatchObject({ quantity: 'unknown', unit: '', exponent: 0, factor: 1 })
  })

  test.each([
    ['86 3B', { quantity: 'energy', unit: 'Wh', notes: ['forward'] }],
    ['86 3C', { quantity: 'energy', unit: 'Wh', notes: ['backward'] }],
    ['EC 7E', { quantity: 'date', read: 'date', notes: ['future'] }],
    ['90 28', { quantity: 'volume', unit: 'm³', exponent: -6, notes: ['perInputPulse0'] }],
    ['93 74', { quantity: 'volume', unit: 'm³', exponent: -5, notes: [] }],
    ['93 7D', { quantity: 'volume', unit: 'm³', exponent: 0, notes: [] }],
    ['93 F4 7D', { quantity: 'volume', exponent: -2, notes: [] }],
    ['AB FF 01', { quantity: 'power', unit: 'W', exponent: 0, notes: ['maker'], maker: [1] }],
    ['93 7F', { quantity: 'volume', unit: 'm³', exponent: -3, notes: ['maker'], maker: [] }],
    ['FF 22', { quantity: 'maker', unit: '', maker: [0x22] }],
    ['FF 92 00', { quantity: 'maker', maker: [0x92, 0x00] }],
    ['86 15', { quantity: 'energy', error: 0x15 }],
    ['BB 59', { quantity: 'volumeFlow', unit: 's', exponent: 0, factor: 60, notes: ['aboveLimit:first:duration'] }],
    ['BB 49', { quantity: 'volumeFlow', unit: '', exponent: 0, notes: ['aboveLimit'] }],
    ['DB 6A', { quantity: 'flowTemperature', read: 'date', unit: '', notes: ['first:begin'] }],
    ['AB FC 02', { quantity: 'power', notes: ['phase2'] }],
  ])('%s', (text, info) => {
    expect(infoOf(text)).toMatchObject(info)
  })

  test('a unit in letters may stand before or after the further codes', () => {
    const humidity = { quantity: 'ownUnit', ownUnit: '%RH', unit: '', exponent: -2 }
    expect(infoOf('FC 03 48 52 25 74')).toMatchObject(humidity)
    expect(infoOf('FC 74 03 48 52 25')).toMatchObject(humidity)
    const average = `FC 12 03 48 52 25 ${'22 15 '.repeat(10)}`
    expect(infoOf(average)).toMatchObject({ quantity: 'ownUnit', ownUnit: '%RH', notes: ['average'] })
    expect(infoOf('7C 03 48 52 25')).toMatchObject({ ...humidity, exponent: 0 })
  })

  test('every combinable code has a defined effect', () => {
    for (let code = 0; code < 0x80; code++) {
      const { exponent, note, error } = combinationOf(code)
      expect(code === 0 || exponent !== undefined || note !== undefined || error !== undefined).toBe(true)
    }
    expect([0x70, 0x76, 0x77].map((code) => combinationOf(code).exponent)).toEqual([-6, 0, 1])
  })
})

describe('an answer that ends or never ends is refused', () => {
  const header = bytesOf('78 56 34 12 24 40 01 07 55 00 00 00')
  const decode = (text: string, ci = 0x72) => {
    const data = ci === 0x72 ? Uint8Array.of(...header, ...bytesOf(text)) : bytesOf(text)
    return decodeTelegram(buildFrame({ kind: 'long', control: 0x08, address: 1, ci, data }))
  }
  const refusal = (text: string, ci?: number) => {
    try {
      decode(text, ci)
    } catch (error) {
      return error instanceof Failure ? error.params['reason'] : error
    }
    return 'taken'
  }

  test.each([
    ['84', 'difShort'],
    ['84 80 80 80 80 80 80 80 80 80 80 00', 'difeMany'],
    ['04', 'vifShort'],
    ['04 93 F4 F4 F4 F4 F4 F4 F4 F4 F4 F4 74 00 00 00 00', 'vifeMany'],
    ['04 7C 05 31 32', 'unitLong'],
    ['04 13 00 00 00', 'dataShort'],
    ['0D 13 05 31', 'dataShort'],
    ['0D 13', 'dataShort'],
  ])('%s: %s', (text, reason) => {
    expect(refusal(text)).toBe(reason)
  })

  test.each([
    ['a header of eleven bytes', '78 56 34 12 24 40 01 07 55 00 00', 0x72, 'headerShort'],
    ['a short header of three bytes', '55 00 00', 0x7a, 'headerShort'],
    ['an old answer of fifteen bytes', '78 56 34 12 0A 00 E9 7E 01 00 00 00 35 01 00', 0x73, 'headerShort'],
    ['an answer with the highest byte first', '00', 0x76, 'byteOrder'],
    ['an alarm', '01', 0x71, 'alarm'],
    ['an unknown kind of answer', '01', 0x99, 'ci'],
  ])('%s', (_, text, ci, reason) => {
    const frame = buildFrame({ kind: 'long', control: 0x08, address: 1, ci, data: bytesOf(text) })
    expect(() => decodeTelegram(frame)).toThrow(`"reason":"${reason}"`)
  })

  test('an encrypted answer is refused, one that was decrypted on the way is read', () => {
    const encrypted = (data: string) => {
      const bytes = bytesOf(`78 56 34 12 24 40 01 07 55 00 10 05 ${data}`)
      return buildFrame({ kind: 'long', control: 0x08, address: 1, ci: 0x72, data: bytes })
    }
    expect(() => decodeTelegram(encrypted('11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00'))).toThrow('"reason":"encrypted"')
    expect(decodeTelegram(encrypted('2F 2F 04 13 01 00 00 00 2F 2F 2F 2F 2F 2F 2F 2F')).records).toHaveLength(1)
  })

  test('an answer without records is one, and a short header does not say whose it is', () => {
    expect(decode('').records).toEqual([])
    expect(decode('55 10 00 00 04 06 E7 91 00 00', 0x7a)).toMatchObject({
      header: { identity: null, access: 0x55, status: { temporaryError: true } },
      records: [{ quantity: 'energy' }],
    })
    expect(decode('04 06 E7 91 00 00', 0x78)).toMatchObject({ header: { identity: null }, records: [{ quantity: 'energy' }] })
  })
})
