import { expect, test } from 'vitest'
import { choiceOf } from './choice.ts'
import { sorted } from './sort.ts'
import { tableOf } from './table.ts'
import { now, temperature, town } from './testing/rows.ts'

const rule = choiceOf({})
const names = (rows: { device: { name: string } }[]) => rows.map(({ device }) => device.name)

const { devices, across } = town(['flow', 'return'], {
  Ash: [50, 30],
  Birch: [51, 31],
  Cedar: [49, null],
  Elm: [52, 29],
  Fir: [48, 62],
  Hazel: [90, 30.5],
  Ivy: [undefined, undefined],
})

test('the value that is not like the others is found, and its device comes first', () => {
  const table = tableOf(devices, across, rule, ['flow', 'return'], now)
  expect(table.groups[0]).toMatchObject({ count: 6, min: 48, max: 90, median: 50.5 })
  const rows = sorted(table, 'deviation', 'descending', 'en')
  expect(names(rows).slice(0, 2)).toEqual(['Fir', 'Hazel'])
  expect(rows[0]?.worst).toMatchObject({ column: 1 })
  expect(rows[1]?.worst).toMatchObject({ column: 0 })
})

test('devices without any of the points are left out, unless they were picked by hand', () => {
  expect(names(tableOf(devices, across, rule, ['flow'], now).rows)).not.toContain('Ivy')
  expect(names(tableOf(devices, across, choiceOf({ devices: 'ivy,ash' }), ['flow'], now).rows)).toEqual(['Ash', 'Ivy'])
})

test('missing values come last whichever way round, and equal ones in order of their names', () => {
  const table = tableOf(devices, across, choiceOf({ devices: 'ash,birch,cedar,elm,fir,ivy' }), ['flow', 'return'], now)
  expect(names(sorted(table, 'return', 'ascending', 'en'))).toEqual(['Elm', 'Ash', 'Birch', 'Fir', 'Cedar', 'Ivy'])
  expect(names(sorted(table, 'return', 'descending', 'en'))).toEqual(['Fir', 'Birch', 'Ash', 'Elm', 'Cedar', 'Ivy'])
  const same = town(['flow'], { Zoe: [50], Amy: [50], Kim: [51] })
  const equal = tableOf(same.devices, same.across, rule, ['flow'], now)
  expect(names(sorted(equal, 'flow', 'descending', 'en'))).toEqual(['Kim', 'Amy', 'Zoe'])
  expect(names(sorted(equal, 'flow', 'ascending', 'en'))).toEqual(['Amy', 'Zoe', 'Kim'])
})

test('a rule takes those that fit all of it', () => {
  const rows = (words: Record<string, string>) => names(tableOf(devices, across, choiceOf(words), ['flow'], now).rows)
  expect(rows({ when: 'return>30.2' })).toEqual(['Birch', 'Fir', 'Hazel'])
  expect(rows({ when: 'return>30.2,flow<60' })).toEqual(['Birch', 'Fir'])
  expect(rows({ tags: 'long', when: 'return>30.2' })).toEqual(['Birch', 'Hazel'])
  expect(rows({ q: 'birch lane' })).toEqual(['Birch'])
  expect(rows({ state: 'offline' })).toEqual([])
  expect(rows({ profile: 'maker/two' })).toEqual([])
})

test('old values, other quantities and OFF are shown but not held against the others', () => {
  const pressure = { ...temperature, is: 'pressure' as const, unit: 'bar', off: 7 }
  const mixed = town(
    ['flow'],
    {
      A: [50],
      B: [51],
      C: [49],
      D: [52],
      E: [48],
      Old: [{ value: 99, agoMs: 31 * 60_000 }],
      Stale: [{ value: 98, quality: 'stale' }],
      Bar: [{ value: 2, shape: 1 }],
      Off: [{ value: 7, shape: 2 }],
      By: [{ value: 50, quality: 'manual' }],
    },
    [temperature, pressure, { ...temperature, off: 7 }],
  )
  const { rows, groups } = tableOf(mixed.devices, mixed.across, rule, ['flow'], now)
  expect(groups[0]).toMatchObject({ count: 6, min: 48, max: 52 })
  const deviationOf = (name: string) => rows.find(({ device }) => device.name === name)?.cells[0]?.deviation
  expect(['Old', 'Stale', 'Bar', 'Off'].map(deviationOf)).toEqual([null, null, null, null])
  expect(deviationOf('By')).not.toBeNull()
  expect(rows.find(({ device }) => device.name === 'Old')?.cells[0]?.value).toBe(99)
})

test('the age of a row is that of its newest value', () => {
  const aged = town(['flow', 'return'], {
    One: [
      { value: 1, agoMs: 5000 },
      { value: null, quality: 'fault' },
    ],
    Two: [{ value: 1, agoMs: 9000 }, undefined],
    Three: [null, null],
  })
  const table = tableOf(aged.devices, aged.across, rule, ['flow', 'return'], now)
  expect(table.rows.map(({ at }) => at)).toEqual([now - 5000, now - 9000, 0])
  expect(names(sorted(table, 'age', 'descending', 'en'))).toEqual(['Two', 'One', 'Three'])
  expect(names(sorted(table, 'age', 'ascending', 'en'))).toEqual(['One', 'Two', 'Three'])
})
