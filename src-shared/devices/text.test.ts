import { expect, it } from 'vitest'
import { textOf } from './text.ts'

it.each([
  ['version', 257, '1.01'],
  ['version', 557, '2.45'],
  ['version', 2048, '8.00'],
  ['version', 258, '1.02'],
  ['version', 0x01ff, null],
  ['revision', 16642, 'A.2'],
  ['revision', 18692, 'I.4'],
  ['revision', 2, null],
  ['letter', 65, 'A'],
  ['letter', 0, null],
  ['letter', 97, null],
  ['orderCode', 3040, '087H3040'],
  ['orderCode', 40, '087H0040'],
  ['orderCode', 0, null],
  ['yearWeek', 6432, '2025-W32'],
  ['yearWeek', 2563, '2010-W03'],
  ['yearWeek', 0x1900, null],
  ['yearWeek', 0x1936, null],
  ['serial', 519186, '519186'],
  ['clock', 630, '06:30'],
  ['clock', 0, '00:00'],
  ['clock', 2400, '24:00'],
  ['clock', 2430, null],
  ['clock', 1275, null],
  ['clock', -1, null],
  ['serial', 1.5, null],
] as const)('writes a %s of %d as %s', (form, raw, text) => {
  expect(textOf(form, raw)).toBe(text)
})
