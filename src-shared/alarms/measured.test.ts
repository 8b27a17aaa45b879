import { expect, test } from 'vitest'
import { unitOf } from './measured.ts'

test.each([
  ['limit', 'temperature', 'high', '°C'],
  ['rate', 'temperature', 'rise', 'K/h'],
  ['rate', 'pressure', 'fall', 'bar/h'],
  ['consumption', 'volume', 'high', 'm³'],
  ['health', null, 'backupAge', 'h'],
  ['health', null, 'pollOverrun', ''],
] as const)('the number of a %s alarm on %s (%s) is in "%s"', (kind, is, part, unit) => {
  expect(unitOf({ kind, is, part })).toBe(unit)
})
