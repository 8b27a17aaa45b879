import { expect, test } from 'vitest'
import { parseUnits } from './parse-units.ts'

test.each([
  ['1', [1]],
  ['7, 3-5 4', [3, 4, 5, 7]],
  ['', null],
  ['0', null],
  ['5-3', null],
  ['1-20', null],
  ['one', null],
  ['256', null],
])('"%s" means the units %o', (text, units) => {
  expect(parseUnits(text)).toEqual(units)
})
