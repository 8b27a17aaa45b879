import { expect, test } from 'vitest'
import { countOf } from './write-counts.ts'

const counts = (today: number) => ({ warnAt: 10, limit: 24, points: [{ point: 'slope', today, total: 40 }] })

test('the tenth write of a day is the first that a person is asked about', () => {
  expect(countOf(counts(8), 'slope')).toEqual({ today: 8, total: 40, often: false })
  expect(countOf(counts(9), 'slope')).toEqual({ today: 9, total: 40, often: true })
})

test('a point that was never written, or of which nothing is known yet, has none', () => {
  expect(countOf(counts(9), 'comfort')).toEqual({ today: 0, total: 0, often: false })
  expect(countOf(undefined, 'slope')).toEqual({ today: 0, total: 0, often: false })
})
