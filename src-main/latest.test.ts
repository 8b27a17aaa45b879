import { expect, test } from 'vitest'
import { toBatch } from '#shared/reading.ts'
import { Latest } from './latest.ts'

test('a later reading replaces an earlier one, never the other way round', () => {
  const latest = new Latest()
  latest.take(toBatch([{ series: 7, at: 2000, value: 21.5, quality: 'good' }]))
  latest.take(toBatch([{ series: 7, at: 1000, value: 20, quality: 'good' }]))
  expect(latest.get(7)).toEqual({ series: 7, at: 2000, value: 21.5, quality: 'good' })
})

test('an offline row takes the value away, so that no old number is shown as present', () => {
  const latest = new Latest()
  latest.take(toBatch([{ series: 7, at: 2000, value: 21.5, quality: 'good' }]))
  latest.take(toBatch([{ series: 7, at: 3000, value: 21.5, quality: 'offline' }]))
  expect(latest.get(7)).toEqual({ series: 7, at: 3000, value: null, quality: 'offline' })
})

test('series that were never read are absent, however high their number', () => {
  const latest = new Latest()
  latest.take(toBatch([{ series: 5000, at: 1, value: 0, quality: 'good' }]))
  expect(latest.get(5000)?.value).toBe(0)
  expect(latest.get(4999)).toBeUndefined()
  expect(latest.get(99_999)).toBeUndefined()
})
