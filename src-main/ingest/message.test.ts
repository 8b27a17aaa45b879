import { expect, test } from 'vitest'
import { Failure } from '#shared/failures.ts'
import { usualFormat } from '#shared/ingest/format.ts'
import { numberOf, readMessage } from './message.ts'

const read = (body: unknown, type = 'application/json') =>
  readMessage(typeof body === 'string' ? body : JSON.stringify(body), type, usualFormat).map(({ member, key, raw, stamp }) => [
    member,
    key,
    raw,
    stamp,
  ])

test('an object of values, with the device and the time beside them', () => {
  expect(read({ device: 'pump house', timestamp: 1_795_348_800, flow: 61.5, return: '40.2', on: true })).toEqual([
    ['pump house', 'flow', 61.5, 1_795_348_800],
    ['pump house', 'return', '40.2', 1_795_348_800],
    ['pump house', 'on', true, 1_795_348_800],
  ])
})

test('a list of single values', () => {
  const body = [
    { ts: 10, device: 'a', name: 'flow', value: 61 },
    { ts: 20, device: 'b', tag: 'return', data: '[402]' },
  ]
  expect(read(body)).toEqual([
    ['a', 'flow', 61, 10],
    ['b', 'return', 402, 20],
  ])
})

test('lists within objects take over the device and the time that stand around them', () => {
  const body = {
    device: 'a',
    ts: 5,
    data: [
      { name: 'flow', value: 1 },
      { name: 'return', value: 2, ts: 6 },
    ],
    more: { deep: [{ x: 1 }] },
  }
  expect(read(body)).toEqual([
    ['a', 'flow', 1, 5],
    ['a', 'return', 2, 6],
    ['a', 'x', 1, 5],
  ])
})

test('objects within objects keep their names, lists of numbers are numbered', () => {
  expect(read({ circuit: { flow: 1, room: { now: 20 } }, registers: [7, 8] })).toEqual([
    ['-', 'circuit.flow', 1, undefined],
    ['-', 'circuit.room.now', 20, undefined],
    ['-', 'registers[0]', 7, undefined],
    ['-', 'registers[1]', 8, undefined],
  ])
})

test('a form, JSON in a field of a form, and one document a line', () => {
  expect(read('device=a&ts=5&flow=61.5&id=9', 'application/x-www-form-urlencoded')).toEqual([['a', 'flow', '61.5', '5']])
  expect(read(`data=${encodeURIComponent('{"device":"a","ts":5,"flow":1}')}`, 'application/x-www-form-urlencoded')).toEqual([
    ['a', 'data.flow', 1, 5],
  ])
  expect(read('{"ts":1,"flow":1}\n{"ts":2,"flow":2}\n', 'text/plain')).toEqual([
    ['-', 'flow', 1, 1],
    ['-', 'flow', 2, 2],
  ])
})

test('names of our own machinery are ordinary names', () => {
  expect(read('{"__proto__":1,"constructor":2}')).toEqual([
    ['-', '__proto__', 1, undefined],
    ['-', 'constructor', 2, undefined],
  ])
  expect(Object.keys({})).toEqual([])
})

test.each([
  ['', 'ingest.unreadable'],
  ['{', 'ingest.unreadable'],
  ['5', 'ingest.unreadable'],
  ['hello', 'ingest.unreadable'],
  ['['.repeat(50_000) + ']'.repeat(50_000), 'ingest.unreadable'],
  ['{"a":'.repeat(20) + '1' + '}'.repeat(20), 'ingest.unreadable'],
  [JSON.stringify(Array.from({ length: 20_001 }, () => ({ a: 1 }))), 'ingest.tooLarge'],
])('%.20s is refused with a reason', (body, code) => {
  let thrown: unknown
  try {
    read(body)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Failure)
  expect((thrown as Failure).code).toBe(code)
})

test('what stands for a number, what for nothing, and what for neither', () => {
  expect([21.5, '21.5', ' -3 ', '1e3', true, 'off'].map(numberOf)).toEqual([21.5, 21.5, -3, 1000, 1, 0])
  expect([null, '', 'NaN', 'n/a'].map(numberOf)).toEqual([null, null, null, null])
  expect(['1,234', '21,5', '0x10', 'warm', '12 °C', Number.POSITIVE_INFINITY].map(numberOf)).toEqual(Array(6).fill(undefined))
})
