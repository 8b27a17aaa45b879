import { expect, test } from 'vitest'
import type { IngestKey } from '#shared/ingest/contract.ts'
import { doubled, draftOf, mappingsOf, meant, ownPoint, sentUnitOf, type KeyDraft } from './draft.ts'

const key = (name: string, mapped: IngestKey['mapped'] = null): IngestKey => ({
  member: 'house',
  key: name,
  raw: '615',
  number: 615,
  at: 0,
  arrived: 0,
  count: 1,
  device: null,
  mapped,
})

test('only keys that somebody has chosen a point for are mapped', () => {
  const flow: KeyDraft = { point: 'circuit1.flow', title: '', is: 'temperature', scale: 0.1, offset: 0 }
  expect(mappingsOf([key('flow'), key('other')], new Map([['flow', flow]]))).toEqual([
    { key: 'flow', point: 'circuit1.flow', is: 'temperature', role: 'measure', scale: 0.1, offset: 0 },
  ])
  expect([sentUnitOf(flow), meant(flow, 615)]).toEqual(['0.1 °C', 61.5])
})

test('own points are called after their keys, and never twice the same', () => {
  const own = (name: string): [string, KeyDraft] => [name, { point: ownPoint, title: '', is: 'number', scale: 1, offset: 0 }]
  const names = ['Kessel 1.Temp', 'kessel', 'kessel!', '°']
  const points = mappingsOf(
    names.map((name) => key(name)),
    new Map(names.map(own)),
  )
  expect(points.map(({ point, title }) => [point, title])).toEqual([
    ['ownKessel1Temp', 'Kessel 1.Temp'],
    ['ownKessel', 'kessel'],
    ['ownKessel2', 'kessel!'],
    ['ownValue', '°'],
  ])
})

test('what is mapped already stays as it is', () => {
  const mapped = { key: 'x', point: 'own.boiler', title: 'Boiler', is: 'power' as const, role: 'measure' as const, scale: 0.5, offset: 3 }
  expect(mappingsOf([key('x', mapped)], new Map())).toEqual([mapped])
  expect(sentUnitOf(draftOf(key('x', mapped)))).toBeNull()
})

test('a point that two keys stand for is told', () => {
  const one: KeyDraft = { point: 'outdoor', title: '', is: 'temperature', scale: 1, offset: 0 }
  const both = mappingsOf(
    [key('a'), key('b')],
    new Map([
      ['a', one],
      ['b', one],
    ]),
  )
  expect([...doubled(both)]).toEqual(['outdoor'])
})
