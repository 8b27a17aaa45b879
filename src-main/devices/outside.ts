import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import type { Address } from '#shared/acquisition/port.ts'
import { encryptionOf } from '#shared/devices/encryption.ts'

/** Networks that no router of the Internet forwards: RFC 1918, 3927, 4193, 4291 and this machine itself. */
const inside: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
]

function insideList(): BlockList {
  const list = new BlockList()
  for (const [network, prefix, family] of inside) list.addSubnet(network, prefix, family)
  return list
}

type Resolve = (host: string) => Promise<readonly { address: string }[]>

/**
 * Whether what is said to this address travels as plain text beyond private networks. A name counts by all that it stands for; one
 * that nobody knows stays inside, since nothing is ever sent to it.
 */
export async function goesOutsidePlain(address: Address, resolve: Resolve = byName): Promise<boolean> {
  if (encryptionOf(address) !== 'none') return false
  const host = address.host.replace(/^\[|\]$|%.*$/g, '')
  const found = isIP(host) ? [{ address: host }] : await resolve(host).catch(() => [])
  const list = insideList()
  return found.some((one) => !list.check(one.address, isIP(one.address) === 6 ? 'ipv6' : 'ipv4'))
}

const byName: Resolve = (host) => lookup(host, { all: true })
