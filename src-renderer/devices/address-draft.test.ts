import { expect, test } from 'vitest'
import { addressOf, draftOf, faultsOf, splitHost, startDraft, type AddressDraft } from './address-draft.ts'

const draft = (fields: Partial<AddressDraft>): AddressDraft => ({ ...startDraft, ...fields })

test.each<[Partial<AddressDraft>, object]>([
  [{ host: ' 10.0.0.5 ', port: 502, unit: 1 }, {}],
  [{}, { host: 'missing' }],
  [{ host: 'http://x' }, { host: 'spaces' }],
  [
    { host: 'x', port: '', unit: 0 },
    { port: 'range', unit: 'range' },
  ],
  [
    { host: 'x', port: 65536, unit: 1.5 },
    { port: 'range', unit: 'range' },
  ],
  [{ way: 'modbus-serial', host: '/dev/ttyUSB0', port: '' }, {}],
  [{ way: 'modbus-serial', host: 'COM3', baud: 50 }, { baud: 'range' }],
  [{ way: 'modbus-serial', host: '10.0.0.5' }, { host: 'path' }],
  [{ way: 'mbus-tcp', host: '10.0.0.5', unit: 0 }, {}],
])('%o has the faults %o', (fields, faults) => {
  expect(faultsOf(draft(fields))).toEqual(faults)
})

test('an address is trimmed, and there is none while something is wrong', () => {
  expect(addressOf(draft({ host: ' 10.0.0.5 ', port: '502' }))).toEqual({ host: '10.0.0.5', port: 502, unit: 1 })
  expect(addressOf(startDraft)).toBeNull()
})

test('a serial port has its line settings and no network port, and comes back as it was typed', () => {
  const address = addressOf(draft({ way: 'modbus-serial', host: '/dev/ttyUSB0', unit: 7, baud: '9600', parity: 'none', stop: 2 }))
  const serial = { baud: 9600, parity: 'none', stop: 2 }
  expect(address).toEqual({ host: '/dev/ttyUSB0', port: 0, unit: 7, way: 'modbus-serial', serial })
  expect(address && draftOf(address)).toMatchObject({ way: 'modbus-serial', host: '/dev/ttyUSB0', unit: 7, ...serial })
})

test('what nobody types is kept, and what the new way does not have is not', () => {
  const meter = { host: '10.0.0.9', port: 10001, unit: 253, way: 'mbus-tcp', member: '12345678' } as const
  expect(addressOf({ ...draftOf(meter), host: '10.0.0.10' }, meter)).toEqual({ ...meter, host: '10.0.0.10' })
  const cable = addressOf(draft({ way: 'modbus-serial', host: 'COM3' }))
  expect(cable && addressOf({ ...draftOf(cable), way: 'modbus-tcp', host: '10.0.0.5' }, cable)).toEqual({
    host: '10.0.0.5',
    port: 502,
    unit: 1,
  })
})

test('a host with its port is taken apart', () => {
  expect(splitHost('10.0.4.17:1502')).toEqual({ host: '10.0.4.17', port: 1502 })
  expect(splitHost('fe80::1')).toEqual({ host: 'fe80::1' })
})
