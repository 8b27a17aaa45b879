import type { FlatProfile, Point } from '#shared/devices/profile.ts'
import type { Failure } from '#shared/failures.ts'
import { ModbusTcp } from './modbus-tcp.ts'

export type Area = Point['area']

export type DriverOptions = {
  host: string
  port: number
  /** Longest wait for the connection itself. */
  connectMs: number
  /** Longest wait for an answer, counted from the moment the request is written. */
  answerMs: number
  /** The connection has ended and `close` was not called. A request under way is rejected before. */
  onClose: (failure: Failure) => void
}

/**
 * One connection to one host and port, opened once. One request at a time: the caller waits for each before the next.
 * Every rejection is a Failure. Coils and discrete inputs are words of 0 or 1.
 */
export type Driver = {
  open(): Promise<void>
  read(unit: number, area: Area, address: number, count: number, timeoutMs?: number): Promise<Uint16Array>
  /** Written once and never repeated: after `device.silent` or `device.closed` nobody knows whether the device took it. */
  write(unit: number, area: Area, address: number, words: ArrayLike<number>): Promise<void>
  close(): void
}

export const drivers = {
  modbus: (options) => new ModbusTcp(options),
} satisfies Record<FlatProfile['protocol'], (options: DriverOptions) => Driver>
