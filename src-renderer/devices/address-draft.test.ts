import { expect, test } from 'vitest'
import { addressOf, faultsOf, splitHost, startDraft } from './address-draft.ts'

test.each([
  [{ host: ' 10.0.0.5 ', port: 502, unit: 1 }, {}],
  [{ ...startDraft }, { host: 'missing' }],
  [{ host: 'http://x', port: 502, unit: 1 }, { host: 'spaces' }],
  [
    { host: 'x', port: '', unit: 0 },
    { port: 'range', unit: 'range' },
  ],
  [
    { host: 'x', port: 65536, unit: 1.5 },
    { port: 'range', unit: 'range' },
  ],
])('%o has the faults %o', (draft, faults) => {
  expect(faultsOf(draft)).toEqual(faults)
})

test('an address is trimmed, and there is none while something is wrong', () => {
  expect(addressOf({ host: ' 10.0.0.5 ', port: '502', unit: 1 })).toEqual({ host: '10.0.0.5', port: 502, unit: 1 })
  expect(addressOf(startDraft)).toBeNull()
})

test('a host with its port is taken apart', () => {
  expect(splitHost('10.0.4.17:1502')).toEqual({ host: '10.0.4.17', port: 1502 })
  expect(splitHost('fe80::1')).toEqual({ host: 'fe80::1' })
})
