import { expect, test } from 'vitest'
import { startDraft } from '../address-draft.ts'
import { nextAfter, parseProgress, startProgress, withAddress } from './progress.ts'

test('what was remembered comes back, and what cannot be gone on with does not', () => {
  const kept = { ...startProgress, place: 'Long Street', tags: ['north'] }
  expect(parseProgress(JSON.stringify(kept))).toEqual(kept)
  for (const text of [null, '', '{', '{"source":"moon"}', '[]']) expect(parseProgress(text)).toBeNull()
})

test('the next controller of a shared line has the next unit, and keeps line, profile and labels', () => {
  const line = { ...startDraft, way: 'modbus-serial', host: '/dev/ttyUSB0', unit: 4 } as const
  const done = {
    ...startProgress,
    source: 'serial',
    address: line,
    profile: 'danfoss/ecl-comfort-110',
    name: 'A',
    tags: ['north'],
    device: 'x',
  } as const
  expect(nextAfter({ ...done, tags: ['north'] })).toMatchObject({
    address: { host: '/dev/ttyUSB0', unit: 5 },
    profile: 'danfoss/ecl-comfort-110',
    tags: ['north'],
    name: null,
    device: null,
  })
  expect(nextAfter({ ...startProgress, address: { ...startDraft, host: '10.0.0.5' } }).address).toMatchObject({ host: '10.0.0.5', unit: 1 })
})

test('a hit of a scan is gone on with where it belongs', () => {
  const serial = { baud: 9600, parity: 'none', stop: 1 } as const
  const hit = withAddress(startProgress, { host: 'COM3', port: 0, unit: 9, way: 'modbus-serial', serial })
  expect(hit).toMatchObject({ source: 'serial', address: { host: 'COM3', unit: 9, baud: 9600 } })
})
