import { isSerial, protocolOf, type Protocol, type Way } from '../devices/way.ts'
import type { Address } from './port.ts'

export function wayOf({ way }: Pick<Address, 'way'>): Way {
  return way ?? 'modbus-tcp'
}

/** Everybody who asks at the same line shares its one connection and its one queue. */
export function lineKey(address: Address): string {
  const way = wayOf(address)
  return `${way} ${isSerial(way) ? address.host : `${address.host.toLowerCase()} ${address.port}`}`
}

/** The same for two addresses only when they mean the same device. */
export function addressKey(address: Address): string {
  return `${lineKey(address)} ${address.unit} ${address.member ?? ''}`
}

export function protocolAt(address: Address): Protocol {
  return protocolOf(wayOf(address))
}
