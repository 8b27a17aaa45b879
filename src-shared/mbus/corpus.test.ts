import { describe, expect, test } from 'vitest'
import { Failure } from '../failures.ts'
import { mediumOf } from './header.ts'
import type { MeterRecord } from './record.ts'
import { decodeTelegram } from './telegram.ts'
import { expectedOf, frameBytes, frameNames, type ExpectedRecord } from './testing/corpus.ts'
import { hex } from './text.ts'
import type { MbusUnit } from './vif-table.ts'

const functions: Record<string, MeterRecord['function']> = {
  'Instantaneous value': 'instant',
  'Maximum value': 'maximum',
  'Minimum value': 'minimum',
  'Value during error state': 'error',
}

const quantities: Record<string, string> = {
  '(Enhanced) Identification': 'enhancedIdentification',
  'Averaging Duration': 'averagingTime',
  Current: 'current',
  'Customer location': 'customerLocation',
  'Digital Input': 'digitalInput',
  'Digital Output': 'digitalOutput',
  Energy: 'energy',
  'Error flags': 'errorFlags',
  'External temperature': 'externalTemperature',
  'Fabrication No': 'fabricationNumber',
  'Firmware version': 'firmwareVersion',
  'Flow temperature': 'flowTemperature',
  'Manufacturer specific': 'maker',
  Medium: 'medium',
  'Model / Version': 'modelVersion',
  'On time': 'onTime',
  'Operating time': 'operatingTime',
  'Parameter set identification': 'parameterSet',
  Power: 'power',
  'Reset counter': 'resetCounter',
  'Return temperature': 'returnTemperature',
  'Software version': 'softwareVersion',
  'Special supplier information': 'supplierInformation',
  'Temperature difference': 'temperatureDifference',
  'Time point (date & time)': 'dateTime',
  'Time point (date)': 'date',
  Voltage: 'voltage',
  'Volume flow': 'volumeFlow',
  Volume: 'volume',
}

const media: Record<string, string> = {
  'Bus/System': 'bus',
  'Cold water': 'coldWater',
  Electricity: 'electricity',
  Gas: 'gas',
  'Heat / Cooling load meter': 'heatCooling',
  'Heat: Outlet': 'heatOutlet',
  Other: 'other',
  'Warm water (30-90°C)': 'warmWater',
  Water: 'water',
}

/** Records in front of the maker's bytes, which the expected values list as one more record. */
const isRecord = ({ function: kind }: ExpectedRecord) => kind !== 'Manufacturer specific' && kind !== 'More records follow'

/** What the record is about, in the words of the expected values. A code without a meaning has none. */
function about(expected: ExpectedRecord): Partial<MeterRecord> {
  if (expected.function === undefined) return { quantity: 'unknown', unit: '', function: 'instant', storage: 0 }
  const { function: kind, storageNumber = 0, tariff = 0, device: subunit = 0, quantity: name = '', unit = '' } = expected
  const quantity = quantities[name]
  const what = quantity === undefined ? { quantity: 'ownUnit', ownUnit: name } : { quantity, ownUnit: null }
  return {
    ...what,
    function: functions[kind ?? ''],
    storage: storageNumber,
    tariff,
    subunit,
    unit: unit.replace('-', '').replace('^3', '³') as MbusUnit,
  }
}

function hasValue(record: MeterRecord, expected: string): boolean {
  const { value } = record
  switch (value.kind) {
    case 'number':
      return isClose(value.value, expected)
    case 'text':
      return value.text === expected
    case 'date':
      return value.date === expected
    case 'dateTime':
      return value.dateTime.slice(0, 16) === expected.slice(0, 16)
    case 'bytes':
      return hex([...value.bytes].reverse()) === expected
    case 'absent':
      if (value.reason === 'digits') return record.function === 'error' && isClose(addedUp(value.digits) * scaleOf(record), expected)
      return expected === '2000-00-00' || expected === '1900-01-00T00:00:00Z'
    case 'large':
    case 'timeOfDay':
    case 'every':
      return false
  }
}

/** Within a millionth; the expected numbers are cut to six places. */
function isClose(value: number, expected: string): boolean {
  const tolerance = Math.max(Math.abs(Number(expected)) * 1e-6, 5.1e-7)
  return /^-?\d+\.\d{6}$/.test(expected) && Math.abs(value - Number(expected)) <= tolerance
}

/** What a decoder makes of signs beyond 9 that takes the lower one of each byte for a number and the higher one for none. */
function addedUp(digits: string): number {
  return Array.from(digits).reduce((sum, digit, i) => sum * 10 + (i % 2 === 0 && digit > '9' ? 0 : Number.parseInt(digit, 16)), 0)
}

/** The two records concerned are in W and in litres per hour. */
const scaleOf = ({ quantity }: MeterRecord) => (quantity === 'volumeFlow' ? 1e-3 : 1)

describe('a telegram of a real meter means what it is known to mean', () => {
  const names = frameNames('valid').filter((name) => name !== 'manual_frame2')

  test('none of them is left out', () => {
    expect(names).toHaveLength(42)
  })

  test.each(names)('%s', (name) => {
    const { slave, records } = expectedOf(name)
    const telegram = decodeTelegram(frameBytes('valid', name))
    expect(telegram.layout).toBe('variable')
    expect(telegram.header).toMatchObject({
      identity: { id: slave.id.padStart(8, '0'), manufacturer: slave.manufacturer, version: Number(slave.version) },
      access: Number(slave.accessNumber),
      status: { byte: Number.parseInt(slave.status, 16) },
      signature: Number.parseInt(slave.signature ?? '', 16),
    })
    expect(mediumOf(telegram.header.identity?.medium ?? -1)).toBe(media[slave.medium])
    const known = records.filter(isRecord)
    expect(telegram.records).toHaveLength(known.length)
    expect(telegram.records).toMatchObject(known.map(about))
    const wrong = telegram.records.filter((record, i) => record.quantity !== 'unknown' && !hasValue(record, known[i]?.value ?? ''))
    expect(wrong).toEqual([])
    const last = records.find((record) => !isRecord(record))
    expect(telegram.more).toBe(last?.function === 'More records follow')
    expect(hex(telegram.maker)).toBe(last?.value ?? '')
  })

  test('manual_frame2, in the old fixed form: one litre now, 135 at the billing date', () => {
    const telegram = decodeTelegram(frameBytes('valid', 'manual_frame2'))
    expect(telegram).toMatchObject({
      layout: 'fixed',
      more: false,
      header: { identity: { id: '12345678', manufacturer: null, version: null, medium: 7 }, access: 10, status: { byte: 0 } },
      records: [
        { quantity: 'volume', unit: 'm³', storage: 0, value: { kind: 'number', value: 0.001 } },
        { quantity: 'volume', unit: 'm³', storage: 1, value: { kind: 'number', value: 0.135 } },
      ],
    })
  })
})

describe('an answer that is none is refused with its reason', () => {
  const refusal = (kind: 'errors' | 'unsupported', name: string) => {
    try {
      decodeTelegram(frameBytes(kind, name))
    } catch (error) {
      return error instanceof Failure ? { failure: error.code, ...error.params } : error
    }
    return 'taken'
  }

  test.each([
    ['application_busy', 'busy', 8],
    ['error', 'unspecified', 0],
    ['premature_end_of_record', 'prematureEnd', 4],
    ['too_many_vifes', 'tooManyVife', 6],
    ['unimplemented_ci', 'ciUnknown', 1],
  ])('%s: the meter reports "%s"', (name, reason, code) => {
    expect(refusal('errors', name)).toEqual({ failure: 'device.exception', reason, code })
  })

  test.each([
    ['premature_end_of_data1', 'dataShort'],
    ['premature_end_of_dif1', 'difShort'],
    ['premature_end_of_vif1', 'vifShort'],
    ['too_long_var_vif', 'unitLong'],
    ['too_many_dife', 'difeMany'],
  ])('%s: %s', (name, reason) => {
    expect(refusal('errors', name)).toMatchObject({ failure: 'device.badAnswer', reason })
  })

  test.each([
    ['invalid_length', 'length'],
    ['manual_frame1', 'start'],
    ['manual_frame5', 'control'],
  ])('%s: %s', (name, reason) => {
    expect(refusal('unsupported', name)).toMatchObject({ failure: 'device.badAnswer', reason })
  })

  test('all of them are looked at', () => {
    expect(frameNames('errors')).toHaveLength(10)
    expect(frameNames('unsupported')).toHaveLength(3)
  })
})
