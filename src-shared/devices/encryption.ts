import { wayOf } from '../acquisition/address.ts'
import type { Address } from '../acquisition/port.ts'
import { isSerial } from './way.ts'

/**
 * What the program itself knows of who may read along between it and the device: `line` a serial cable, `encrypted` and `signed`
 * an OPC UA connection or Modbus through TLS, `none` plain text in the network, `unknown` what depends on something outside, such as a tunnel that begins
 * on this machine, or a gateway.
 */
export const encryptions = ['line', 'encrypted', 'signed', 'none', 'unknown'] as const

export function encryptionOf(address: Address): (typeof encryptions)[number] {
  const way = wayOf(address)
  if (isSerial(way)) return 'line'
  if (way === 'push' || way === 'calculated') return 'unknown'
  if (way === 'modbus-tls') return 'encrypted'
  if (way === 'opcua' && address.endpoint?.mode === 'SignAndEncrypt') return 'encrypted'
  if (way === 'opcua' && address.endpoint?.mode === 'Sign') return 'signed'
  return isThisMachine(address.host) ? 'unknown' : 'none'
}

export function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)
}
