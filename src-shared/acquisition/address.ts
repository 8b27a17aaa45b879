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

/**
 * The fields that belong to the way, and only those that say something: a Modbus TCP address stays host, port and unit, and line
 * settings stay with a serial port. The usual network port means none where there is none.
 */
export function plainAddress(address: Address): Address {
  const way = wayOf(address)
  const { host, port, unit, member, serial, tls, endpoint } = address
  const cable = isSerial(way)
  return {
    host,
    port: cable && port === usualPort ? 0 : port,
    unit,
    ...(way === 'modbus-tcp' ? {} : { way }),
    ...(member ? { member } : {}),
    ...(cable && serial ? { serial } : {}),
    ...(way === 'modbus-tls' && tls ? { tls } : {}),
    ...(way === 'opcua' && endpoint ? { endpoint } : {}),
  }
}

const usualPort = 502

export function protocolAt(address: Address): Protocol {
  return protocolOf(wayOf(address))
}
