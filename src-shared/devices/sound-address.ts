import { wayOf } from '../acquisition/address.ts'
import type { Address } from '../acquisition/port.ts'
import { Failure } from '../failures.ts'
import { isSerial, protocolOf } from './way.ts'

/** What can be wrong with an address as a whole. Each has its own sentence in the locales. */
export const addressFaults = [
  'noHost',
  'hostForm',
  'noPort',
  'portOfSerial',
  'noLine',
  'modbusUnit',
  'meterUnit',
  'noEndpoint',
  'noMember',
] as const
export type AddressFault = (typeof addressFaults)[number]

/** Units that a Modbus device can have; 0 is heard by all and answered by none. 254 and 255 are service addresses. */
export const modbusUnits = { min: 1, max: 255 } as const
/** Primary addresses of meters; 253 stands for the one that was chosen by its secondary address. */
const meterUnits = { min: 0, max: 250 } as const
const chosenMeter = 253

/** The first thing that is wrong with an address, or null. */
export function addressFault(address: Address): AddressFault | null {
  const way = wayOf(address)
  const protocol = protocolOf(way)
  const { port, unit, member = '', serial, endpoint } = address
  const host = address.host.trim()
  if (host === '') return 'noHost'
  if (isSerial(way)) {
    if (!isSerialPath(host)) return 'hostForm'
    if (port !== 0) return 'portOfSerial'
    if (!serial) return 'noLine'
  } else if (way !== 'push' && way !== 'calculated') {
    if (/[\s/\\]/.test(host)) return 'hostForm'
    if (port < 1) return 'noPort'
  }
  if (protocol === 'modbus' && unit < modbusUnits.min) return 'modbusUnit'
  if (protocol === 'mbus' && unit > meterUnits.max && !(unit === chosenMeter && member !== '')) return 'meterUnit'
  if (way === 'opcua' && !endpoint) return 'noEndpoint'
  if ((way === 'push' || way === 'calculated') && member === '') return 'noMember'
  return null
}

/** Throws device.badAddress, whose hint says which field and why. */
export function checkAddress(address: Address): void {
  const fault = addressFault(address)
  if (fault) throw faultyAddress(address, fault)
}

export function faultyAddress({ host, port, unit }: Address, fault: AddressFault): Failure {
  return new Failure('device.badAddress', { context: fault, host, port, unit })
}

/** `/dev/ttyUSB0`, `/dev/serial/by-id/…`, `COM3` or `\\.\COM12`. */
export function isSerialPath(text: string): boolean {
  return /^\/\S+$/.test(text) || /^(\\\\\.\\)?COM\d{1,3}$/i.test(text)
}
