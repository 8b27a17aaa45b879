import { describe, expect, test } from 'vitest'
import { takeFixedAnswer } from './fixed.ts'
import { bytesOf } from './testing/corpus.ts'

const answer = (status: string, units: string, counters = '39 01 00 00 35 01 00 00') =>
  takeFixedAnswer({ bytes: bytesOf(`78 56 34 12 0A ${status} ${units} ${counters}`), at: 0 })

const value = (number: number) => ({ kind: 'number', value: number })

describe('the old answer with two counters', () => {
  test('decimal digits or, when bit 0 says so, binary', () => {
    expect(answer('00', '05 79').records.map((record) => record.value)).toEqual([value(139000), value(135)])
    expect(answer('01', '05 79', '39 01 00 00 FF FF FF FF').records.map((record) => record.value)).toEqual([value(313000), value(-1)])
  })

  test('bit 1 says that both are of the billing date, a unit of its own that only the second is', () => {
    expect(answer('02', '05 6C').records.map((record) => record.storage)).toEqual([1, 1])
    expect(answer('00', '05 7E').records).toMatchObject([
      { quantity: 'energy', storage: 0 },
      { quantity: 'energy', storage: 1, value: value(135000) },
    ])
  })

  test('what is measured is spread over both units, and the coding bits are no status', () => {
    expect(answer('0F', '05 6C').header).toMatchObject({
      identity: { id: '12345678', medium: 4 },
      status: { application: 'none', powerLow: true, permanentError: true, temporaryError: false },
    })
  })

  test.each([
    ['02', 'energy', 'Wh', 139],
    ['04', 'energy', 'Wh', 13900],
    ['13', 'energy', 'J', 139e11],
    ['14', 'power', 'W', 139],
    ['25', 'power', 'J/h', 139e11],
    ['26', 'volume', 'm³', 139e-6],
    ['2E', 'volume', 'm³', 13900],
    ['2F', 'volumeFlow', 'm³/h', 139e-6],
    ['37', 'volumeFlow', 'm³/h', 13900],
    ['38', 'temperature', '°C', 0.139],
    ['3F', 'dimensionless', '', 139],
  ])('unit %s', (code, quantity, unit, number) => {
    expect(answer('00', `${code} 3F`).records[0]).toMatchObject({ quantity, unit, value: value(number) })
  })

  test.each(['00', '01', '3A', '3E'])('unit %s is no number', (code) => {
    expect(answer('00', `${code} 3F`).records[0]).toMatchObject({ quantity: 'unknown', value: { kind: 'bytes' } })
  })
})
