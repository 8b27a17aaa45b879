import { expect, test } from 'vitest'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { makeTown } from './make-town.ts'
import { shippedProfiles } from './testing/demo-town.ts'

const profile = (id: string) => shippedProfiles().find((one) => one.id === id) as FlatProfile
const ecl310 = profile('danfoss/ecl310-a266.1')
const trovis = profile('samson/trovis-5573')

test('controllers are dealt by their shares however long the row is', () => {
  const stations = makeTown(40, 1, [
    { profile: ecl310, share: 3 },
    { profile: trovis, share: 1 },
  ])
  for (let i = 0; i < 40; i += 4) expect(stations.slice(i, i + 4).filter((one) => one.profile === trovis)).toHaveLength(1)
  expect(stations[0]).toMatchObject({ name: 'S1', zone: 'Z1', orderCode: 3040 })
  expect(stations.find((one) => one.profile === trovis)).toMatchObject({ orderCode: 0 })
})

test('stations differ in name, seed and serial number, and their settings are ones that can be written', () => {
  const stations = makeTown(300, 3, [{ profile: ecl310, share: 1 }])
  for (const key of ['name', 'seed', 'serial'] as const) expect(new Set(stations.map((station) => station[key])).size).toBe(300)
  expect(new Set(stations.map(({ settings }) => settings?.['circuit1.slope']))).toEqual(new Set([1.1, 1.2, 1.3, 1.4]))
  for (const { settings = {} } of stations)
    for (const [id, value] of Object.entries(settings)) {
      const write = ecl310.points.find((point) => point.id === id)?.write
      expect(value).toBeGreaterThanOrEqual(write?.min ?? Infinity)
      expect(value).toBeLessThanOrEqual(write?.max ?? -Infinity)
    }
  const kinds = new Set(stations.map(({ building }) => building?.kind))
  expect(kinds).toEqual(new Set(['dwelling', 'school', 'office', 'care', 'hall', 'hotel']))
})

test('the same seed makes the same town, and a longer one begins with it', () => {
  const mix = [{ profile: ecl310, share: 1 }]
  expect(makeTown(50, 9, mix)).toEqual(makeTown(60, 9, mix).slice(0, 50))
  expect(makeTown(50, 8, mix)[0]?.seed).not.toBe(makeTown(50, 9, mix)[0]?.seed)
})

test('a mix without a share is refused', () => {
  expect(() => makeTown(1, 1, [])).toThrow(RangeError)
  expect(() => makeTown(1, 1, [{ profile: ecl310, share: 0 }])).toThrow(RangeError)
})
