import { expect, test } from 'vitest'
import { grouped, pointMatches, type PointNames } from './point-names.ts'

const names: PointNames = {
  name: ({ id }) => id,
  full: ({ id }) => `Full ${id}`,
  group: ({ id }) => {
    const key = id.includes('.') ? (id.split('.')[0] ?? '') : ''
    return { key, title: key }
  },
}

test('general points come first, then circuits, hot water and meters, then everything else', () => {
  const points = ['zone.a', 'meter1.flow', 'hotWater.flow', 'circuit1.flow', 'outdoor'].map((id) => ({ id }))
  expect(grouped(points, names).map(({ key }) => key)).toEqual(['', 'circuit1', 'hotWater', 'meter1', 'zone'])
})

test('a point is found by any words of its full name or by its number', () => {
  const point = { id: 'circuit1.flow', title: null, number: 10203 }
  expect(pointMatches(point, 'full FLOW', names)).toBe(true)
  expect(pointMatches(point, '10203', names)).toBe(true)
  expect(pointMatches(point, 'return', names)).toBe(false)
})
