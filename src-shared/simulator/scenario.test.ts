import { describe, expect, test } from 'vitest'
import type { FlatProfile } from '../devices/profile.ts'
import { coastalClimate, parseScenario, stationsOf } from './scenario.ts'

const station = { name: 'A', place: 'B 1', seed: 1, profile: 'maker/model', orderCode: 3040, serial: 10 }
const scenario = (...stations: object[]) => ({ name: 'Town', climate: coastalClimate, stations })
const at = [50.9, 14.8]
const node = { id: 'n1', parent: 'plant', at }
const town = (nodes: object[], changes: object = {}, faults: object[] = []) => ({
  ...scenario({ ...station, ...changes }),
  town: { zones: [{ id: 'west', name: 'West' }], streets: [], plant: { name: 'Plant', place: '', at }, nodes },
  faults,
})
const meter = { address: 1, serial: '71230001', manufacturer: 'KAM', version: 8, medium: 4, energy: 0, power: 10, seed: 1 }

describe('a scenario', () => {
  test('is read as it stands', () => {
    const full = {
      ...station,
      firmware: '2.45',
      flats: 12,
      building: { kind: 'school' as const, tank: true },
      settings: { 'circuit1.slope': 1.4 },
    }
    expect(parseScenario(scenario(station, { ...full, name: 'C', seed: 2, serial: 11 })).stations).toEqual([
      station,
      { ...full, name: 'C', seed: 2, serial: 11 },
    ])
  })

  test('may be a town whose parts name each other', () => {
    const full = town([node, { ...node, id: 'n2', parent: 'n1' }], { node: 'n2', zone: 'west' }, [
      { kind: 'leak', target: 'n2', fromDay: -3, toDay: -2 },
      { kind: 'gatewayFrozen', target: 'West', fromDay: -1 },
      { kind: 'pumpTripped', target: 'plant', fromDay: -1, toDay: null },
    ])
    expect(parseScenario({ ...full, opcua: ['A'], meters: [{ ...meter, station: 'A' }] }).faults).toHaveLength(3)
  })

  test.each([
    ['a name twice', scenario(station, { ...station, seed: 2, serial: 11 }), /name A twice/],
    ['a seed twice', scenario(station, { ...station, name: 'C', serial: 11 }), /seed 1 twice/],
    ['a serial number twice', scenario(station, { ...station, name: 'C', seed: 2 }), /serial 10 twice/],
    ['no stations', scenario(), /stations/],
    ['a word that it does not know', scenario({ ...station, color: 'red' }), /color/],
    ['a firmware that is no version', scenario({ ...station, firmware: '2' }), /firmware/],
    [
      'a node that hangs on a later one',
      town([
        { ...node, parent: 'n2' },
        { ...node, id: 'n2' },
      ]),
      /node n1 hangs on n2.*town\.nodes\[0\]\.parent/s,
    ],
    ['a node twice', town([node, node]), /id n1 twice/],
    ['a node called plant', town([{ ...node, id: 'plant' }]), /cannot be called plant/],
    ['a station on no node', town([node], { node: 'n9' }), /A hangs on node n9, which is not there.*stations\[0\]\.node/s],
    ['a station in no zone', town([node], { zone: 'east' }), /A stands in zone east/],
    ['a strange station behind OPC UA', { ...scenario(station), opcua: ['A', 'X'] }, /no station is called X.*opcua\[1\]/s],
    ['a meter of nobody', { ...scenario(station), meters: [{ ...meter, station: 'X' }] }, /no station is called X.*meters\[0\]/s],
    ['an address twice on the line', { ...scenario(station), meters: [meter, { ...meter, serial: '71230002' }] }, /address 1 twice/],
    [
      'a fault of nothing',
      {
        ...scenario(station),
        faults: [
          { kind: 'leak', target: 'n1', fromDay: 0 },
          { kind: 'bypass', target: 'X', fromDay: 0 },
        ],
      },
      /bypass strikes a station, and none is called X.*faults\[1\]/s,
    ],
    [
      'a fault in a node that is not there',
      town([node], {}, [{ kind: 'leak', target: 'n9', fromDay: 0 }]),
      /leak strikes a node, and none is called n9/,
    ],
    [
      'a fault beyond measure',
      { ...scenario(station), faults: [{ kind: 'bypass', target: 'A', params: { share: 200 }, fromDay: 0 }] },
      /bypass: share 200 is not within 1 to 100/,
    ],
    [
      'a fault with a strange word',
      { ...scenario(station), faults: [{ kind: 'bypass', target: 'A', params: { size: 2 }, fromDay: 0 }] },
      /bypass has no parameter size/,
    ],
    [
      'a fault that ends first',
      { ...scenario(station), faults: [{ kind: 'bypass', target: 'A', fromDay: 2, toDay: 1 }] },
      /bypass ends before it begins/,
    ],
    ['a place on no map of time', { ...scenario(station), climate: { ...coastalClimate, timeZone: 'Mars/Base' } }, /not a time zone/],
  ])('with %s is refused by name', (_what, json, message) => {
    expect(() => parseScenario(json)).toThrow(message)
  })
})

test('stations get the profile that they name, and one that is not there is an error', () => {
  const profile = { id: 'maker/model' } as FlatProfile
  expect(stationsOf(parseScenario(scenario(station)), [profile])).toEqual([{ ...station, profile }])
  expect(() => stationsOf(parseScenario(scenario(station)), [])).toThrow('A asks for profile maker/model, which is not there')
})
