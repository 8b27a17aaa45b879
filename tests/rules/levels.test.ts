import { expect, test } from 'vitest'
import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import { profiles } from '../flows/world.ts'

/**
 * Who may change what, by the ending of a point's id. Basic: what people in the house ask for. Limited: what decides how a circuit
 * heats. Full: how the controller controls, and its outputs.
 */
const levels: readonly (readonly [RegExp, NonNullable<Point['write']>['level']])[] = [
  [/\.(override|monitor)\./, 'full'],
  [/(^|\.)mode$/, 'basic'],
  [/\.(comfort|setback)$/, 'basic'],
  [/\.(schedule|week)\./, 'basic'],
  [/(^|\.)holiday\./, 'basic'],
  [/\.(slope|displacement|minFlow|maxFlow|minTemperature|maxTemperature|heatCutOut)$/, 'limited'],
  [/\.curve\./, 'limited'],
  [/\.returnLimit\./, 'limited'],
  [/\.(optimizer|optimiseOn|boost|ramp|autoSetback|totalStop)$/, 'limited'],
  [/\.(hotWaterPriority|antiBacteria\..*)$/, 'limited'],
  [/\.control\./, 'full'],
  [/(relay|valve|triac)\d\.override$/, 'full'],
]

/** Writable points that another role may change than the matrix says. */
function wrongLevels(all: readonly FlatProfile[]): string[] {
  return all.flatMap(({ id, points }) =>
    points.flatMap(({ id: name, write }) => {
      const [, needed] = levels.find(([pattern]) => pattern.test(name)) ?? []
      return write && needed && write.level !== needed ? [`${id}: ${name} needs ${write.level}, not ${needed}`] : []
    }),
  )
}

test('the role that a setting needs is that of its kind, in every profile', () => {
  expect(profiles.flatMap(({ points }) => points.filter(({ write }) => write)).length).toBeGreaterThan(1000)
  expect(wrongLevels(profiles)).toEqual([])
})

test('nobody but an administrator changes the address that a device is reached by', () => {
  const address = profiles.flatMap(({ id, points }) =>
    points
      .filter(({ id: name, write }) => /(address|baud|parity)$/i.test(name) && write && write.level !== 'admin')
      .map((point) => `${id}: ${point.id}`),
  )
  expect(address).toEqual([])
})

test('a setting that a lower role could change is found', () => {
  const [profile] = profiles.filter(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('the A266.1 profile is missing')
  const points = profile.points.map((point) =>
    point.id === 'circuit1.slope' && point.write ? { ...point, write: { ...point.write, level: 'basic' as const } } : point,
  )
  expect(wrongLevels([{ ...profile, points }])).toEqual(['danfoss/ecl310-a266.1: circuit1.slope needs basic, not limited'])
})
