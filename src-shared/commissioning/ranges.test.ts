import { expect, test } from 'vitest'
import { addressesIn } from './ranges.ts'

const refusal = (text: string) => {
  try {
    addressesIn(text)
  } catch (error) {
    return error
  }
  return null
}

test('a subnet is all its hosts, without network and broadcast', () => {
  const hosts = addressesIn('192.168.1.17/24')
  expect([hosts.length, hosts[0], hosts.at(-1)]).toEqual([254, '192.168.1.1', '192.168.1.254'])
  expect(addressesIn('10.0.0.8/31')).toEqual(['10.0.0.8', '10.0.0.9'])
  expect(addressesIn('10.0.0.8/32')).toEqual(['10.0.0.8'])
  expect(addressesIn('172.16.4.0/22')).toHaveLength(1022)
})

test('ranges and single addresses go together, each address once and in order', () => {
  expect(addressesIn('10.0.0.9, 10.0.0.7-10.0.0.9 10.0.1.254-10.0.2.1;10.0.0.3-4')).toEqual([
    '10.0.0.3',
    '10.0.0.4',
    '10.0.0.7',
    '10.0.0.8',
    '10.0.0.9',
    '10.0.1.254',
    '10.0.1.255',
    '10.0.2.0',
    '10.0.2.1',
  ])
})

test.each([
  ['', 'form'],
  ['10.0.0', 'form'],
  ['10.0.0.256', 'form'],
  ['10.0.0.9-10.0.0.7', 'form'],
  ['10.0.0.0/33', 'form'],
  ['plant.local', 'form'],
  ['10.0.0.0/21', 'tooMany'],
  ['10.0.0.0/0', 'tooMany'],
  ['10.0.0.0-10.0.4.0', 'tooMany'],
  ['10.0.0.0/23 10.0.2.0/23 10.0.9.0/24', 'tooMany'],
  ['8.8.8.0/24', 'outside'],
  ['9.255.255.250-10.0.0.5', 'outside'],
])('"%s" is refused as %s', (text, context) => {
  expect(refusal(text)).toMatchObject({ code: 'scan.badRange', params: { context } })
})
