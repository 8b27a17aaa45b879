import { expect, test } from 'vitest'
import { goesOutsidePlain } from './outside.ts'

const at = (host: string) => ({ host, port: 502, unit: 1 })
const names: Record<string, string[]> = { 'plant.example': ['10.0.0.4', '203.0.113.7'], 'cellar.local': ['192.168.1.9'] }
const resolve = async (name: string) => {
  const found = names[name]
  if (!found) throw new Error('ENOTFOUND')
  return found.map((address) => ({ address }))
}

test.each([
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.31.255.254', false],
  ['172.32.0.1', true],
  ['192.168.1.100', false],
  ['169.254.3.4', false],
  ['127.0.0.1', false],
  ['100.64.0.1', true],
  ['8.8.8.8', true],
  ['fd00::1', false],
  ['fe80::1%eth0', false],
  ['2001:db8::1', true],
  ['::ffff:10.0.0.1', false],
  ['::ffff:8.8.8.8', true],
])('%s leaves private networks: %s', async (host, outside) => {
  expect(await goesOutsidePlain(at(host), resolve)).toBe(outside)
})

test('a name counts by all that it stands for, and an unknown one stays inside', async () => {
  expect(await goesOutsidePlain(at('plant.example'), resolve)).toBe(true)
  expect(await goesOutsidePlain(at('cellar.local'), resolve)).toBe(false)
  expect(await goesOutsidePlain(at('nobody.example'), resolve)).toBe(false)
})

test('a serial cable and an encrypted connection go nowhere as plain text', async () => {
  const serial = { baud: 19200, parity: 'even', stop: 1 } as const
  expect(await goesOutsidePlain({ host: '/dev/ttyUSB0', port: 0, unit: 1, way: 'modbus-serial', serial }, resolve)).toBe(false)
  const endpoint = { path: '', policy: 'Basic256Sha256', mode: 'SignAndEncrypt' } as const
  expect(await goesOutsidePlain({ host: '8.8.8.8', port: 4840, unit: 1, way: 'opcua', endpoint }, resolve)).toBe(false)
  expect(
    await goesOutsidePlain({ host: '8.8.8.8', port: 4840, unit: 1, way: 'opcua', endpoint: { ...endpoint, mode: 'None' } }, resolve),
  ).toBe(true)
})
