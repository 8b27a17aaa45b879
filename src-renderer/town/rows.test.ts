import { expect, test } from 'vitest'
import { choiceOf } from './address.ts'
import { rowsOf } from './rows.ts'
import type { Picture, Town } from './town.ts'

const station = (name: string, zone: string | null): Town['stations'][number] => ({
  name,
  place: '',
  zone,
  at: [0, 0],
  node: 0,
  device: null,
  kind: 'dwelling',
  seed: 1,
  profile: '',
  flats: 1,
})
const now = (power: number, back: number, flow = 1): Picture['stations'][number] => ({
  power,
  flow,
  supply: 80,
  return: back,
  dp: 1,
  room: 20,
  heatingFlow: 50,
  waterFlow: 55,
})
const town: Town = {
  name: 'T',
  about: '',
  source: '',
  zones: [
    { id: 'b', name: 'North' },
    { id: 'a', name: 'South' },
  ],
  streets: [],
  plant: { name: 'P', place: '', at: [0, 0] },
  nodes: [],
  stations: [station('House 10', 'a'), station('House 9', 'b'), station('Hall', null)],
}
const picture: Pick<Picture, 'stations'> = { stations: [now(5, 40), now(9, 30), now(0, 22, 0)] }
const names = (...of: [Parameters<typeof rowsOf>[2], Parameters<typeof rowsOf>[3]]) =>
  rowsOf(town, picture, ...of).map((row) => row.station.name)

test('names are sorted as people count', () => {
  expect(names('name', 'ascending')).toEqual(['Hall', 'House 9', 'House 10'])
})

test('values are sorted either way, zones by their name', () => {
  expect(names('power', 'descending')).toEqual(['House 9', 'House 10', 'Hall'])
  expect(names('zone', 'ascending')).toEqual(['Hall', 'House 9', 'House 10'])
})

test('the return of a station where nothing flows stands last, whichever way', () => {
  expect(names('return', 'ascending')).toEqual(['House 9', 'House 10', 'Hall'])
  expect(names('return', 'descending')).toEqual(['House 10', 'House 9', 'Hall'])
})

test('a word in the address that nobody knows is left aside', () => {
  expect(choiceOf({ look: 'x', pipes: 'dp', sort: '?', order: 'sideways' })).toEqual({
    look: 'map',
    shade: 'dp',
    station: null,
    sort: 'name',
    order: 'ascending',
    faults: false,
  })
})
