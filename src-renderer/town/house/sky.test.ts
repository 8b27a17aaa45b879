import { expect, test } from 'vitest'
import { hourAt, skyOf } from './sky.ts'

test('without sun it is night, and windows go dark when people sleep', () => {
  expect(skyOf(20, 0, 5).time).toBe('night')
  expect(skyOf(2, 0, 5).lit).toBeLessThan(skyOf(20, 0, 5).lit)
})

test('a clear noon shows the sun high, a dull one clouds', () => {
  const clear = skyOf(12.5, 720, 20)
  expect(clear.time).toBe('day')
  expect(clear.sun).toBeGreaterThan(0.8)
  const dull = skyOf(12.5, 110, 20)
  expect(dull.sun).toBeNull()
  expect(dull.clouds).toBeGreaterThan(clear.clouds)
})

test('snow lies when it freezes', () => {
  expect([skyOf(12, 300, -4).hasSnow, skyOf(12, 300, 3).hasSnow]).toEqual([true, false])
})

test('the hour is that of the town', () => {
  expect(hourAt(Date.UTC(2026, 0, 10, 17, 30), 'Europe/Stockholm')).toBe(18.5)
})
