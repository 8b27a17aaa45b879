import { expect, test } from 'vitest'
import type { ConsumptionLine } from '#shared/energy/contract.ts'
import { consumptionCsv } from './consumption-csv.ts'

const total = { value: 3, interpolated: 1, valid: 0.9, from: 0, to: 2, complete: false, exchanges: 0, resets: 0, stray: 0 }
const line: ConsumptionLine = {
  meter: 'm',
  quantity: 'energy',
  value: [1.5, null],
  valid: [1, 0.25],
  interpolated: [0, 0.5],
  partial: [1],
  total,
}
const words = {
  meter: 'Meter',
  serial: 'Number',
  from: 'From',
  to: 'To',
  value: 'Used',
  unit: 'Unit',
  valid: 'Valid',
  interpolated: 'Spread',
  whole: 'Whole',
  yes: 'yes',
  no: 'no',
}
const csv = (sign: 'point' | 'comma', name = 'School') =>
  consumptionCsv(
    [{ name, serial: '123', line }],
    [0, 1, 2],
    (word) => words[word],
    sign,
    (at) => `t${at}`,
  )

test('has a row for each meter and interval, and an empty cell where nothing is known', () => {
  expect(csv('point').split('\r\n')).toEqual([
    '\uFEFFMeter,Number,From,To,Used,Unit,Valid,Spread,Whole',
    'School,123,t0,t1,1.5,kWh,1,0,yes',
    'School,123,t1,t2,,kWh,0.25,0.5,no',
    '',
  ])
})

test('has the signs of the language, and no name that a spreadsheet would run', () => {
  expect(csv('comma').split('\r\n')[1]).toBe('School;123;t0;t1;1,5;kWh;1;0;yes')
  expect(csv('point', '=1+1').split('\r\n')[1]).toMatch(/^'=1\+1,/)
})
