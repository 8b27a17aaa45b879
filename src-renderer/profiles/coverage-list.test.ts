import { expect, test } from 'vitest'
import type { Coverage } from '#shared/profiles/contract.ts'
import { makersOf, narrow } from './coverage-list.ts'

const row = (change: Partial<Coverage>): Coverage => ({
  profile: 'danfoss/ecl310-a266.9',
  maker: 'Danfoss',
  controller: 'ECL Comfort 310',
  applications: ['A266'],
  subtypes: [9, 10],
  title: 'Heating and hot water',
  found: 'recognised',
  proof: 'table',
  source: 'Guide, p. 6',
  protocol: 'modbus',
  points: 200,
  unverified: 3,
  own: false,
  fault: null,
  devices: 0,
  ...change,
})
const own = row({ profile: 'user/acme/heat', maker: 'Acme', controller: 'Heat', applications: [], subtypes: [], own: true, proof: 'field' })
const broken = row({
  profile: 'user/acme/x',
  maker: 'acme',
  own: true,
  fault: 'wrong',
  proof: 'unverified',
  applications: [],
  subtypes: [],
})
const rows = [
  row({}),
  row({ profile: 'samson/x', maker: 'Samson', controller: 'TROVIS 5578', applications: [], proof: 'field' }),
  own,
  broken,
]
const ids = (text: string, maker?: string, proof: Parameters<typeof narrow>[3] = 'all') =>
  narrow(rows, text, maker, proof).shown.map(({ profile }) => profile)

test('a controller is found by maker, model, application with subtype and source, in any order', () => {
  expect(ids('a266.10')).toEqual(['danfoss/ecl310-a266.9'])
  expect(ids('310 danfoss')).toEqual(['danfoss/ecl310-a266.9'])
  expect(ids('trovis')).toEqual(['samson/x'])
  expect(ids('nothing')).toEqual([])
})

test('maker and certainty narrow further, and the counts are of what words and maker leave', () => {
  expect(ids('', 'Samson')).toEqual(['samson/x'])
  expect(ids('', undefined, 'field')).toEqual(['samson/x', 'user/acme/heat'])
  expect(ids('', undefined, 'own')).toEqual(['user/acme/heat', 'user/acme/x'])
  expect(narrow(rows, '', undefined, 'field').counts).toEqual({ all: 4, field: 2, table: 1, unverified: 0, own: 2 })
})

test('makers come once each, in order', () => {
  expect(makersOf(rows)).toEqual(['acme', 'Acme', 'Danfoss', 'Samson'])
})
