import { expect, test } from 'vitest'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { profiles } from '../flows/world.ts'

/** Writable points that reach further than their own value, by their id or the names of their values, without a warning. */
function silentBreaches(all: readonly FlatProfile[]): string[] {
  return all.flatMap(({ id, points }) =>
    points
      .filter(({ write }) => write && write.warn === undefined)
      .filter(({ id: name, values }) => {
        const names = Object.values(values ?? {})
        return (
          names.includes('mode.manual') || names.some((one) => one.startsWith('forced.')) || /(relay|valve|triac)\d\.override/.test(name)
        )
      })
      .map((point) => `${id}: ${point.id} is changed without a warning`),
  )
}

test('whoever changes a mode with manual in it, or forces an output, is warned', () => {
  expect(profiles.flatMap(({ points }) => points.filter(({ write }) => write?.warn)).length).toBeGreaterThan(50)
  expect(silentBreaches(profiles)).toEqual([])
})

test('a mode without its warning is found', () => {
  const [profile] = profiles.filter(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('the A266.1 profile is missing')
  const points = profile.points.map((point) =>
    point.id === 'circuit1.mode' && point.write ? { ...point, write: { ...point.write, warn: undefined } } : point,
  )
  expect(silentBreaches([{ ...profile, points }])).toEqual(['danfoss/ecl310-a266.1: circuit1.mode is changed without a warning'])
})

test('manual mode can be written nowhere', () => {
  const manual = profiles.flatMap(({ id, points }) =>
    points.flatMap(({ id: name, values, write }) => {
      const [raw] = Object.entries(values ?? {}).find(([, key]) => key === 'mode.manual') ?? []
      if (raw === undefined || !write) return []
      const value = Number(raw)
      const allowed = write.only ? write.only.includes(value) : value >= write.min && value <= write.max
      return allowed ? [`${id}: ${name}`] : []
    }),
  )
  expect(manual).toEqual([])
})
