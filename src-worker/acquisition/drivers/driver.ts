import type { LookupFunction } from 'node:net'
import type { Address } from '#shared/acquisition/port.ts'
import type { Way } from '#shared/devices/way.ts'
import type { Point } from '#shared/devices/profile.ts'
import type { Failure } from '#shared/failures.ts'
import { modbusRtuTcp, modbusSerial } from './modbus-rtu.ts'
import { MbusDriver } from './mbus-driver.ts'
import { dialSecurely } from './modbus-dial.ts'
import { ModbusTcp } from './modbus-tcp.ts'
import { OpcuaDriver } from './opcua/driver.ts'

export type Area = Point['area']

export type Trace = (direction: 'sent' | 'received', bytes: Uint8Array, note?: string) => void

export type DriverOptions = {
  host: string
  port: number
  /** Where the line is, with its settings; unit and member are those of the first device that asked for it. */
  address: Address
  /** Password or key of the line. */
  secret?: string | undefined
  /** Where the certificates of this installation are. */
  folder?: string | undefined
  /** UTC ms; without it times that a device tells are not judged. */
  clock?: (() => number) | undefined
  /** Finds the address of a host name; the system's own way when absent. */
  lookup?: LookupFunction | undefined
  /** Longest wait for the connection itself. */
  connectMs: number
  /** Longest wait for an answer, counted from the moment the request is written. */
  answerMs: number
  /** Hears every message as it passes, and why one never came; the bytes are valid only during the call. */
  trace?: Trace | undefined
  /** The connection has ended and `close` was not called. A request under way is rejected before. */
  onClose: (failure: Failure) => void
}

/** One connection, opened once. One request at a time: the caller waits for each before the next. Every rejection is a Failure. */
export type LineDriver = {
  open(): Promise<void>
  close(): void
  /** A new connection would be the same line again, so that none is made after time-outs. */
  readonly lasting?: boolean
}

/** A line of devices that have registers. Coils and discrete inputs are words of 0 or 1. */
export type RegisterDriver = LineDriver & {
  read(unit: number, area: Area, address: number, count: number, timeoutMs?: number): Promise<Uint16Array>
  /** Written once and never repeated: after `device.silent` or `device.closed` nobody knows whether the device took it. */
  write(unit: number, area: Area, address: number, words: ArrayLike<number>): Promise<void>
}

/** Which device of a line is meant; see `Address`. */
export type Target = { unit: number; member?: string | undefined }

/**
 * One row for each point asked for, in that order: the value in the canonical unit (NaN when absent), the position of its quality
 * in `qualities`, and UTC ms of the source where the source tells one (0 where it does not).
 */
export type Values = { value: Float64Array; quality: Uint8Array; at?: Float64Array | undefined }

/** `watched`: asked again every few seconds, so that what the line tells by itself will do. `now`: a read that begins now. */
export type Freshness = 'watched' | 'now'

/** A line of devices that give values by name and not registers by number. */
export type ValueDriver = LineDriver & {
  /** Without points: any sign of life. A point that the device lacks has quality `fault`; a device that does not answer rejects. */
  readValues(target: Target, points: readonly Point[], freshness?: Freshness): Promise<Values>
  /** Written once and never repeated, as with registers. */
  writeValue(target: Target, point: Point, value: number): Promise<void>
}

export const registerDrivers: Partial<Record<Way, (options: DriverOptions) => RegisterDriver>> = {
  'modbus-tcp': (options) => new ModbusTcp(options),
  'modbus-tls': (options) => new ModbusTcp(options, () => dialSecurely(options, options.address.tls?.sha256)),
  'modbus-rtu-tcp': modbusRtuTcp,
  'modbus-serial': modbusSerial,
}

export const valueDrivers: Partial<Record<Way, (options: DriverOptions) => ValueDriver>> = {
  'mbus-tcp': (options) => new MbusDriver(options),
  'mbus-serial': (options) => new MbusDriver(options),
  opcua: (options) => new OpcuaDriver(options),
}
