import type { NetworkInterfaceInfo } from 'node:os'
import { addressesIn, mostAddresses } from '#shared/commissioning/ranges.ts'
import { Failure } from '#shared/failures.ts'

export type Subnet = { name: string; range: string; addresses: number }

/**
 * The IPv4 networks that this machine is in, as they can be scanned: of one that is too large the 256 addresses around its own, and
 * none at all of a public one.
 */
export function ownSubnets(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): Subnet[] {
  const subnets = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses.flatMap(({ family, internal, address, cidr }) => {
      if (family !== 'IPv4' || internal) return []
      const prefix = Number(cidr?.split('/')[1] ?? 24)
      const range = `${address}/${2 ** (32 - prefix) > mostAddresses ? 24 : prefix}`
      const count = countOf(range)
      return count > 0 ? [{ name, range, addresses: count }] : []
    }),
  )
  return subnets.filter(({ range }, i) => subnets.findIndex((one) => one.range === range) === i)
}

function countOf(range: string): number {
  try {
    return addressesIn(range).length
  } catch (error) {
    if (error instanceof Failure) return 0
    throw error
  }
}
