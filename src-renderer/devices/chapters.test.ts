import { expect, test } from 'vitest'
import { chapters } from './chapters.ts'

const shape = (names: string[]) => chapters(names, (name) => name).map(({ title, rows }) => [title, rows.map(({ name }) => name)])

test('names that begin alike go under one heading without their beginning', () => {
  expect(shape(['Slope', 'Return limit: low', 'Return limit: high', 'Boost'])).toEqual([
    [null, ['Slope']],
    ['Return limit', ['low', 'high']],
    [null, ['Boost']],
  ])
})

test('one alone keeps its whole name', () => {
  expect(shape(['Return limit: low', 'Boost: a'])).toEqual([
    [null, ['Return limit: low']],
    [null, ['Boost: a']],
  ])
})
