import { expect, test } from 'vitest'
import type { Point } from '#shared/devices/profile.ts'
import { deadbandOf } from './deadband.ts'

const point = (change: Partial<Point>) => ({ role: 'measure', is: 'temperature', scale: 1, ...change }) as Point

test('a change that would show is never left out', () => {
  expect(deadbandOf(point({}))).toBe(0.025)
  expect(deadbandOf(point({ scale: 0.1 }))).toBe(0.25)
  expect(deadbandOf(point({ is: 'flow', scale: -0.001 }))).toBe(0.25)
})

test('states, settings and what counts up tell every change', () => {
  for (const role of ['state', 'setting', 'identity'] as const) expect(deadbandOf(point({ role }))).toBe(0)
  for (const is of ['energy', 'volume', 'count', 'state', 'number'] as const) expect(deadbandOf(point({ is }))).toBe(0)
})
