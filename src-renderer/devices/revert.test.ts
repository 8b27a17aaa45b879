import { expect, test } from 'vitest'
import { revertOf } from './revert.ts'
import { setting } from './testing/setting.ts'

const point = setting({ off: 0 }, { min: 1, max: 50, step: 1 })
const reading = (value: number | null) => ({ value, quality: 'good' as const, at: 5 })
const change = { point: point.id, at: 1, actor: 'Jo', outcome: 'done', from: 20, to: 22, found: 22, foundAt: 2, code: null } as const

test('the value before the last change is proposed, with the present one to compare', () => {
  expect(revertOf(point, reading(22), change)).toMatchObject({ value: 20, expect: 22 })
  expect(revertOf(point, reading(21), { ...change, outcome: 'different', found: 21 })).toMatchObject({ value: 20, expect: 21 })
  expect(revertOf(point, reading(22), { ...change, from: 0 })).toMatchObject({ value: 0 })
})

test('nothing is proposed when it moved on, nothing was there before, or nobody knows what came of it', () => {
  expect(revertOf(point, reading(23), change)).toBeNull()
  expect(revertOf(point, reading(null), change)).toBeNull()
  expect(revertOf(point, undefined, change)).toBeNull()
  expect(revertOf(point, reading(22), undefined)).toBeNull()
  expect(revertOf(point, reading(22), { ...change, from: null })).toBeNull()
  expect(revertOf(point, reading(22), { ...change, from: 80 })).toBeNull()
  expect(revertOf(point, reading(20), { ...change, found: 20 })).toBeNull()
  for (const outcome of ['refused', 'unknown', null] as const) expect(revertOf(point, reading(22), { ...change, outcome })).toBeNull()
  expect(revertOf({ ...point, write: { ...point.write, barred: 'part' } }, reading(22), change)).toBeNull()
})
