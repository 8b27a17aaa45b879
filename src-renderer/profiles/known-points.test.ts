import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { quantityOf, suggestions, type KnownPoints } from './known-points.ts'

const known = JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/points.json'), 'utf8')) as KnownPoints

test('a name is found by a part of it, with the number that is typed', () => {
  expect(suggestions(known, 'circuit2.flow')).toContain('circuit2.flowReference')
  expect(suggestions(known, 'flow')).toContain('circuit1.flow')
  expect(suggestions(known, 'curve')).toContain('circuit1.curve.minus30')
  expect(suggestions(known, 'meter3')).toContain('meter3.energy')
  expect(suggestions(known, 'outd')).toContain('outdoor')
  expect(suggestions(known, '', 7)).toHaveLength(7)
})

test('every name that is offered is known by its quantity', () => {
  expect(suggestions(known, '', 10_000).filter((id) => quantityOf(known, id) === undefined)).toEqual([])
  expect(quantityOf(known, 'circuit3.curve.minus30')).toBe('temperature')
  expect(quantityOf(known, 'constructor')).toBeUndefined()
  expect(quantityOf(known, 'oddity')).toBeUndefined()
})
