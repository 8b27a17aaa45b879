import { expect, test } from 'vitest'
import { configOf, draftOf } from './input-draft.ts'

const empty = draftOf({ config: null })

test('a voltage needs a name and two pairs that make a line', () => {
  const draft = { ...empty, type: 'voltage' as const, name: ' Tank ', quantity: 'pressure' as const, low: 0, high: 16 }
  expect(configOf(draft)).toEqual({ type: 'voltage', name: 'Tank', quantity: 'pressure', scale: 0.016, offset: 0 })
  expect(configOf({ ...draft, name: ' ' })).toBeNull()
  expect(configOf({ ...draft, high: '' })).toBeNull()
  expect(configOf({ ...draft, rawHigh: 0 })).toBeNull()
  expect(configOf({ ...draft, high: 0 })).toBeNull()
})

test('what was entered stands there again', () => {
  const config = { type: 'voltage', name: 'Tank', quantity: 'pressure', scale: 0.02, offset: -4 } as const
  const draft = draftOf({ config })
  expect(draft).toMatchObject({ type: 'voltage', name: 'Tank', quantity: 'pressure', rawLow: 0, low: -4, rawHigh: 1000, high: 16 })
  expect(configOf(draft)).toEqual(config)
})

test('a sensor and a contact need only a name', () => {
  expect(configOf({ ...empty, name: 'Cellar' })).toMatchObject({ type: 'pt1000', quantity: 'temperature' })
  expect(configOf({ ...empty, type: 'digital', name: 'Leak' })).toMatchObject({ quantity: 'state', scale: 1 })
})
