import { expect, test } from 'vitest'
import type { Meter } from '#shared/meters/contract.ts'
import { arrange } from './meter-rows.ts'

const meter = (id: string, name: string, serial: string | null, changedTo: Meter['changedTo'] = null): Meter => ({
  id,
  device: id,
  part: '',
  name,
  place: 'Mill Lane 2',
  way: 'direct',
  identity: { serial, maker: 'KAM', medium: 'heatOutlet', version: 8 },
  firstSeen: 0,
  recognised: true,
  profileTitle: 'Kamstrup Multical 601',
  power: 'mains',
  restMs: 0,
  baud: null,
  lastRead: null,
  nextRead: null,
  reads: null,
  changedTo,
  values: {},
  checks: {},
})

const all = [meter('a', 'School', '11111111'), meter('b', 'Bakery', null), meter('c', 'Tower', '33333333', { serial: '4', at: 1 })]

test('meters stand by name, those that were exchanged without a word first', () => {
  expect(arrange(all, '').map(({ id }) => id)).toEqual(['c', 'b', 'a'])
})

test.each([
  ['bak', ['b']],
  ['1111', ['a']],
  ['MILL', ['c', 'b', 'a']],
  ['kam', ['c', 'b', 'a']],
  ['zzz', []],
])('"%s" finds by name, place, serial number and maker', (text, ids) => {
  expect(arrange(all, text).map(({ id }) => id)).toEqual(ids)
})
