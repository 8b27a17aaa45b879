import { expect, test } from 'vitest'
import type { Connection } from '#shared/acquisition/contract.ts'
import type { Address } from '#shared/acquisition/port.ts'
import { arrange } from './arrange.ts'

function connection(name: string, address: Address, state: Connection['contact']['state'] = 'online'): Connection {
  const figures = { requests: 0, failures: 0, exceptions: 0, reconnects: 0, overruns: 0, missedSlots: 0, unserved: 0 }
  const unknown = { answerMs: null, answerMsWorst: null, cycleMs: null, nextTry: null, lastSlot: null }
  return { device: name, name, address, contact: { state, since: 0, lastAnswer: null, failure: null }, ...figures, ...unknown }
}

const serial = (unit: number): Address => ({ way: 'modbus-serial', host: '/dev/ttyUSB0', port: 0, unit })
const tcp = (host: string): Address => ({ host, port: 502, unit: 1 })
const shown = (connections: Connection[], text = '') =>
  arrange(connections, text, 'en').map((row) =>
    'line' in row ? `${row.connections.length} at ${row.line}` : `${row.shared ? '- ' : ''}${row.connection.name}`,
  )

test('devices of one line stand below it, worst first, and lines in the order of their worst device', () => {
  const all = [
    connection('A', tcp('10.0.0.1')),
    connection('B', serial(1)),
    connection('C', serial(2), 'offline'),
    connection('D', tcp('10.0.0.2'), 'degraded'),
  ]
  expect(shown(all)).toEqual(['2 at modbus-serial /dev/ttyUSB0', '- C', '- B', 'D', 'A'])
})

test('a filter leaves a line out of which one device remains', () => {
  const all = [connection('North', serial(1)), connection('South', serial(2)), connection('East', tcp('10.0.0.1'))]
  expect(shown(all, 'ttyusb0')).toEqual(['2 at modbus-serial /dev/ttyUSB0', '- North', '- South'])
  expect(shown(all, 'sou ttyusb')).toEqual(['South'])
})

test('what sends by itself shares no line', () => {
  const push = (member: string): Address => ({ way: 'push', host: 'gateway', port: 0, unit: 0, member })
  expect(shown([connection('A', push('a')), connection('B', push('b'))])).toEqual(['A', 'B'])
})
