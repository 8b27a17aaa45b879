import { expect, test } from 'vitest'
import type { PointInfo } from '#shared/devices/contract.ts'
import { impairedSpans } from './quality-strip.ts'
import { courseOf, extremes, sampleAt } from './series.ts'

const minute = 60_000
const point: PointInfo = {
  id: 'outdoor',
  series: 1,
  number: 10201,
  is: 'temperature',
  unit: '°C',
  decimals: 1,
  role: 'measure',
  title: null,
  values: null,
  text: null,
  off: null,
  write: null,
  factory: null,
  automatic: null,
  unverified: false,
  served: true,
  configurable: false,
}
const drawn = { device: 'a', deviceName: 'A', point }
const look = { color: '#000000', dash: 'solid' } as const
const line = (at: number[], value: (number | null)[], quality: number[]) => ({
  series: 1,
  at,
  value,
  quality,
  stored: at.length,
  min: null,
  max: null,
})
const stored = line([0, 15 * minute, 30 * minute], [1, null, 3], [0, 2, 0])

test('live samples follow the stored ones, and none is drawn twice', () => {
  const live = [
    { at: 30 * minute, value: 3, quality: 0 },
    { at: 31 * minute, value: 4, quality: 0 },
  ]
  expect(courseOf(drawn, look, stored, live).at).toEqual([0, 15 * minute, 30 * minute, 31 * minute])
})

test('between live samples far apart there is a hole', () => {
  const live = [31, 60].map((at) => ({ at: at * minute, value: 4, quality: 0 }))
  expect(courseOf(drawn, look, stored, live).value.slice(3)).toEqual([4, null, 4])
})

test('the cursor points to the nearest sample, or to none that is too far', () => {
  const course = courseOf(drawn, look, stored, [])
  expect(sampleAt(course, 9 * minute, 15 * minute)).toMatchObject({ at: 15 * minute, value: null, quality: 'offline' })
  expect(sampleAt(course, 7 * minute, 15 * minute)).toMatchObject({ at: 0, value: 1 })
  expect(sampleAt(course, 60 * minute, 15 * minute)).toBeNull()
})

test('extremes come from the band of a reduced line, and only from the stretch asked for', () => {
  const reduced = { ...courseOf(drawn, look, stored, []), min: [0.5, null, 2], max: [1.5, null, 9] }
  expect(extremes(reduced)).toEqual({ min: 0.5, max: 9 })
  expect(extremes(reduced, 0, minute)).toEqual({ min: 0.5, max: 1.5 })
  expect(extremes(reduced, 40 * minute, 50 * minute)).toBeNull()
})

test('impaired stretches reach to the next sample and join when they go on', () => {
  const course = line([0, 10, 20, 30, 40], [1, null, null, null, 5], [0, 2, 2, 1, 0])
  expect(impairedSpans(course)).toEqual([
    { from: 10, to: 30, quality: 'offline' },
    { from: 30, to: 40, quality: 'fault' },
  ])
})

test('a hole in which nothing was stored is no impaired stretch', () => {
  expect(impairedSpans(line([0, 10, 20], [1, null, 3], [0, 0, 0]))).toEqual([])
})
