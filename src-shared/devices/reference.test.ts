import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Quantity } from '../units.ts'
import { isReferenceOf, referenceIdOf } from './reference.ts'

const known = JSON.parse(readFileSync(new URL('../../resources/points.json', import.meta.url), 'utf8')) as Record<string, Quantity>
const points = Object.entries(known).map(([id, is]) => ({ id, is }))

test('a desired value belongs to the measured one of its name', () => {
  const flow = { id: 'circuit1.flow', is: 'temperature' } as const
  expect(isReferenceOf({ id: referenceIdOf('circuit1.flow'), is: 'temperature' }, flow)).toBe(true)
  expect(isReferenceOf({ id: referenceIdOf('circuit2.flow'), is: 'temperature' }, flow)).toBe(false)
})

test('of the points that are known, measured and desired ones find each other, and a limit of water is no temperature', () => {
  const pairs = points.filter((point) => points.some((other) => isReferenceOf(other, point))).map(({ id }) => id)
  expect(pairs).toEqual(expect.arrayContaining(['circuit.flow', 'circuit.return', 'circuit.room', 'hotWater.chargeFlow', 'hotWater.tank']))
  expect(pairs).not.toContain('maxFlow')
})
