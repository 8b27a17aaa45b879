import { expect, test } from 'vitest'
import { lineOf, meterOf, startLine } from './line-draft.ts'

const tcp = { ...startLine, host: ' 10.0.0.7 ' }
const serial = { ...startLine, way: 'mbus-serial' as const, path: '/dev/ttyUSB0' }

test('a line needs a converter and its port, or a serial port', () => {
  expect(lineOf(startLine)).toBeNull()
  expect(lineOf({ ...tcp, port: '' })).toBeNull()
  expect(lineOf(tcp)).toEqual({ way: 'mbus-tcp', host: '10.0.0.7', port: 10001 })
  expect(lineOf(serial)).toEqual({ way: 'mbus-serial', host: '/dev/ttyUSB0', port: 0, serial: { baud: 2400, parity: 'even', stop: 1 } })
})

test('a meter has a primary address, or a secondary one in the form in which it is kept', () => {
  expect(meterOf(tcp)).toMatchObject({ unit: 1 })
  expect(meterOf({ ...tcp, unit: '' })).toBeNull()
  expect(meterOf({ ...tcp, by: 'secondary', member: 'abc' })).toBeNull()
  expect(meterOf({ ...tcp, by: 'secondary', member: '06855817' })).toMatchObject({ unit: 253, member: '06855817 - - -' })
})
