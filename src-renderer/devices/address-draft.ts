import { plainAddress, wayOf } from '#shared/acquisition/address.ts'
import type { Address } from '#shared/acquisition/port.ts'
import { isSerialPath } from '#shared/devices/sound-address.ts'
import { defaultSerialLine, isSerial, protocolOf, type SerialLine, type TlsTrust, type Way } from '#shared/devices/way.ts'

/** An address as it is typed, before it is known to be one. */
export type AddressDraft = {
  way: Way
  host: string
  port: number | string
  unit: number | string
  baud: number | string
  parity: SerialLine['parity']
  stop: SerialLine['stop']
  /** The certificate that a person trusted there. */
  tls?: TlsTrust | undefined
}

export const startDraft: AddressDraft = { way: 'modbus-tcp', host: '', port: 502, unit: 1, ...defaultSerialLine }

export const limits = {
  port: { min: 1, max: 65535 },
  unit: { min: 1, max: 255 },
  meter: { min: 0, max: 253 },
  baud: { min: 300, max: 1_000_000 },
} as const

type Faults = Partial<Record<'host', 'missing' | 'spaces' | 'path'> & Record<'port' | 'unit' | 'baud', 'range'>>

/** What is wrong with each field; a field without an entry is right. */
export function faultsOf(draft: AddressDraft): Faults {
  const host = draft.host.trim()
  const cable = isSerial(draft.way)
  const wrongHost = cable ? !isSerialPath(host) : /[\s/]/.test(host)
  return {
    ...(host === '' ? { host: 'missing' as const } : wrongHost ? { host: cable ? ('path' as const) : ('spaces' as const) } : {}),
    ...(cable || draft.way === 'push' || within(draft.port, limits.port) ? {} : { port: 'range' as const }),
    ...(within(draft.unit, unitLimits(draft.way)) ? {} : { unit: 'range' as const }),
    ...(!cable || within(draft.baud, limits.baud) ? {} : { baud: 'range' as const }),
  }
}

/** The units that can be meant on a way. */
export function unitLimits(way: Way): { min: number; max: number } {
  return protocolOf(way) === 'modbus' ? limits.unit : limits.meter
}

/** The address that was typed, or null while something is wrong with it. `before` brings what nobody types here. */
export function addressOf(draft: AddressDraft, before?: Address): Address | null {
  if (Object.keys(faultsOf(draft)).length > 0) return null
  const { way, host, port, unit, baud, parity, stop, tls } = draft
  const cable = isSerial(way)
  return plainAddress({
    ...before,
    way,
    host: host.trim(),
    port: cable ? 0 : Number(port),
    unit: Number(unit),
    serial: cable ? { baud: Number(baud), parity, stop } : undefined,
    tls,
  })
}

export function draftOf(address: Address): AddressDraft {
  const { host, port, unit, tls, serial = defaultSerialLine } = address
  return { way: wayOf(address), host, port: port === 0 ? startDraft.port : port, unit, ...serial, ...(tls ? { tls } : {}) }
}

/** Ways through the network to choose from; what they need differs only in the port. */
export const networkWays = ['modbus-tcp', 'modbus-tls', 'modbus-rtu-tcp'] as const
const usualPorts: Partial<Record<Way, number>> = { 'modbus-tcp': 502, 'modbus-tls': 802 }

/** Another way takes its usual port along, unless somebody typed one of their own. */
export function toWay({ port, way: before }: AddressDraft, way: Way): Partial<AddressDraft> {
  const usual = usualPorts[way] ?? port
  return { way, port: Number(port) === (usualPorts[before] ?? 502) ? usual : port }
}

/** A certificate was trusted for one host and port; for another it says nothing. */
export function edited(draft: AddressDraft, change: Partial<AddressDraft>): AddressDraft {
  const next = { ...draft, ...change }
  const same = next.host === draft.host && next.port === draft.port && next.way === draft.way
  return same ? next : { ...next, tls: change.tls }
}

/** Splits `10.0.4.17:1502` as it is often copied from a list. */
export function splitHost(text: string): Partial<AddressDraft> {
  const parts = /^\s*([^\s:/]+):(\d{1,5})\s*$/.exec(text)
  return parts ? { host: parts[1] ?? text, port: Number(parts[2]) } : { host: text }
}

function within(value: number | string, { min, max }: { min: number; max: number }): boolean {
  const number = Number(value)
  return value !== '' && Number.isInteger(number) && number >= min && number <= max
}
