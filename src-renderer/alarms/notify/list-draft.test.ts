import { expect, test } from 'vitest'
import { contentOf, draftOf, moved } from './list-draft.ts'

const draft = { ...draftOf(null, '2026-03-29'), name: 'On call', members: ['a', 'b'] }
const faultsOf = (made: ReturnType<typeof contentOf>) => ('faults' in made ? [...made.faults] : [])

test('a list without a rota tells everybody; one with a rota keeps its hand-over', () => {
  expect(contentOf(draft)).toEqual({ content: { name: 'On call', members: ['a', 'b'], rota: { kind: 'none' } } })
  expect(contentOf({ ...draft, weekly: true })).toEqual({
    content: {
      name: 'On call',
      members: ['a', 'b'],
      rota: { kind: 'weekly', start: '2026-03-29', weekday: 1, at: '08:00', exceptions: [] },
    },
  })
})

test('a stand-in that ends before it begins, or is nobody, is not saved', () => {
  const exception = { from: '2026-04-02T08:00', to: '2026-04-01T08:00', recipient: 'b' }
  expect(faultsOf(contentOf({ ...draft, weekly: true, exceptions: [exception] }))).toEqual(['exceptions'])
  const nobody = { ...exception, to: '2026-04-03T08:00', recipient: '' }
  expect(faultsOf(contentOf({ ...draft, weekly: true, exceptions: [nobody] }))).toContain('exceptions')
})

test('what is missing is named', () => {
  expect(faultsOf(contentOf({ ...draft, name: '', weekly: true, start: '', at: '8' }))).toEqual(['name', 'start', 'at', 'rota'])
})

test('members change places, and stay where they are at the ends', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
})
