import { expect, test } from 'vitest'
import type { Device } from '#shared/devices/contract.ts'
import { narrow, sortOf, stateFilter } from './list.ts'

function device(name: string, state: Device['contact']['state'], lastAnswer: number | null = null, application = 'A266.1'): Device {
  const none = { applicationVersion: null, firmware: null, hardware: null, orderCode: null, serial: '4711', production: null }
  return {
    id: name,
    name,
    place: `${name} Street`,
    address: { host: '10.0.0.5', port: 502, unit: 1 },
    profile: 'danfoss/ecl310-a266.1',
    recognised: true,
    chosen: false,
    tags: ['north'],
    simulated: false,
    identity: { maker: 'Danfoss', model: 'ECL Comfort 310', application, ...none },
    contact: { state, since: 0, lastAnswer, failure: null },
    key: [],
    addedAt: 0,
    serviceLog: null,
  }
}

const all = [device('House 10', 'online', 5), device('House 9', 'offline', 1, 'A237.1'), device('Älvsborg', 'degraded', 9)]
const names = (...args: Parameters<typeof narrow> extends [unknown, ...infer Rest] ? Rest : never) =>
  narrow(all, ...args).shown.map(({ name }) => name)

test('names sort as people count, numbers by their size', () => {
  expect(names('', 'all', 'name', 'ascending', 'en')).toEqual(['Älvsborg', 'House 9', 'House 10'])
})

test('sorted by contact the worst comes first', () => {
  expect(names('', 'all', 'contact', 'ascending', 'en')).toEqual(['House 9', 'Älvsborg', 'House 10'])
})

test('the order can be turned round', () => {
  expect(names('', 'all', 'age', 'descending', 'en')).toEqual(['Älvsborg', 'House 10', 'House 9'])
})

test('every word must be found, in name, place, application, serial number or address', () => {
  expect(names('house a237', 'all', 'name', 'ascending', 'en')).toEqual(['House 9'])
  expect(names('4711 10.0.0.5 älv', 'all', 'name', 'ascending', 'en')).toEqual(['Älvsborg'])
})

test('counts are of what the words match, whatever state is shown', () => {
  const { shown, counts } = narrow(all, 'house', 'offline', 'name', 'ascending', 'en')
  expect(shown).toHaveLength(1)
  expect(counts).toEqual({ all: 2, online: 1, offline: 1, degraded: 0, waiting: 0 })
})

test('words of the address that make no sense mean nothing', () => {
  expect([stateFilter('nowhere'), stateFilter('offline'), sortOf('weight')]).toEqual(['all', 'offline', 'name'])
})
