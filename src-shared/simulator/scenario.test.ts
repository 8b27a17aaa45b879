import { describe, expect, test } from 'vitest'
import type { FlatProfile } from '../devices/profile.ts'
import { coastalClimate, parseScenario, stationsOf } from './scenario.ts'

const station = { name: 'A', place: 'B 1', seed: 1, profile: 'maker/model', orderCode: 3040, serial: 10 }
const scenario = (...stations: object[]) => ({ name: 'Town', climate: coastalClimate, stations })

describe('a scenario', () => {
  test('is read as it stands', () => {
    const full = { ...station, firmware: '2.45', flats: 12, character: 'highReturn', settings: { 'circuit1.slope': 1.4 } }
    expect(parseScenario(scenario(station, { ...full, name: 'C', seed: 2, serial: 11 })).stations).toEqual([
      station,
      { ...full, name: 'C', seed: 2, serial: 11 },
    ])
  })

  test.each([
    ['a name twice', scenario(station, { ...station, seed: 2, serial: 11 }), /name A twice/],
    ['a seed twice', scenario(station, { ...station, name: 'C', serial: 11 }), /seed 1 twice/],
    ['a serial number twice', scenario(station, { ...station, name: 'C', seed: 2 }), /serial 10 twice/],
    ['no stations', scenario(), /stations/],
    ['a word that it does not know', scenario({ ...station, color: 'red' }), /color/],
    ['a firmware that is no version', scenario({ ...station, firmware: '2' }), /firmware/],
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
