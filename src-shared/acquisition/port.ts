import type { FailureReport } from '../failures.ts'
import type { FlatProfile, Point } from '../devices/profile.ts'
import type { Endpoint, Protocol, SerialLine, TlsTrust, Way } from '../devices/way.ts'
import type { Contact } from '../devices/contract.ts'
import type { Line, LineUnit, SerialPorts } from './line.ts'
import type { OpcuaPort } from '../opcua/port.ts'
import type { Baud } from '../mbus/baud.ts'

/**
 * Where a device is. `way` absent: Modbus TCP. `host`: IP address, name, or the path of a serial port, which has `port` 0.
 * `unit`: Modbus unit or primary address of a meter. `member`: which of several behind one line, beyond the unit: the secondary
 * address of a meter, the base node of a device behind an OPC UA server, the name of a device at a gateway.
 */
export type Address = {
  host: string
  port: number
  unit: number
  way?: Way | undefined
  member?: string | undefined
  serial?: SerialLine | undefined
  tls?: TlsTrust | undefined
  endpoint?: Endpoint | undefined
}

/** What the acquisition worker needs to know of a device. `series[i]` belongs to `points[i]`. */
export type Task = {
  device: string
  address: Address
  /** Password or key of the line; never logged, never reported. */
  secret?: string | undefined
  protocol: Protocol
  points: readonly Point[]
  series: readonly number[]
  limits: FlatProfile['limits']
  unlock?: FlatProfile['unlock']
  /** Wire addresses learnt not to exist on this device (exception 2), per area. */
  unserved: readonly Hole[]
  /** UTC ms of the last quarter hour already stored, so that a restart stores none twice. */
  lastSlot: number | null
  /** How far the device is spared; absent: read as often as anybody wants. */
  spare?: Spare | undefined
}

/**
 * `watchMs`: what is watched is read no more often. `restMs`: nothing is read by itself so soon after the last read (0: no such
 * rest), `lastRead` UTC ms of that, also before a restart.
 */
export type Spare = { watchMs: number; restMs: number; lastRead: number | null }

/** All telegrams of one answer of a meter as they came, and UTC ms when. Not `complete`: there was more that did not come. */
export type MeterAnswer = { frames: Uint8Array[]; complete: boolean; at: number }

/** `unit` is the primary address, `member` the text of the secondary one; `unclear` are parts where nobody could be told. */
export type MeterScanResult = { meters: { unit: number; member: string | null; frame: Uint8Array }[]; unclear: string[] }

/** `done` runs from 0 to 1; `at` is the part of the bus that is looked at. */
export type MeterScanEvent = { line: string; done: number; at: string; found: number }

/** The same for a device whose profile was told by `profile`: a thousand copies of its points would take seconds to hand over. */
export type NamedTask = Omit<Task, 'points'> & { profile: string }

export type Hole = { area: Point['area']; address: number }

/** Raw registers of a probe, by the number of the first. A block that the device refused is null. */
export type ProbeBlock = { area: Point['area']; address: number; count: number }
export type ProbeValues = { value: (number | null)[]; quality: number[]; answerMs: number }
export type WinkResult = { outcome: 'taken' | 'refused' | 'unknown'; code: number | null }

/** `lost` got no answer; `answers` are the ms of each answered request. */
export type TestResult = {
  good: number
  fault: number
  unserved: number
  lost: number
  answers: number[]
  cycleMs: number
  failure: FailureReport | null
}
export type ProbeResult = { words: (number[] | null)[]; unit: number; answerMs: number }

/** Of one device on a line. */
export type UnitLook = Pick<LineUnit, 'device' | 'recent' | 'spread' | 'dueMs'>
/** What passes on a line, and how its devices answer. */
export type LineLook = Pick<Line, 'reconnects' | 'load' | 'messages' | 'lost' | 'next'> & { units: UnitLook[] }

/** Figures of one device, sent about once a second for those that changed. */
export type ContactReport = {
  device: string
  contact: Contact
  requests: number
  failures: number
  exceptions: number
  reconnects: number
  answerMs: number | null
  answerMsWorst: number | null
  cycleMs: number | null
  overruns: number
  nextTry: number | null
  lastSlot: number | null
  missedSlots: number
}

/**
 * What came of a write that was sent, in the canonical unit. `done`: read back equal. `different`: the device took it and shows
 * something else. `refused`: it said no, by exception `code`. `unknown`: nobody knows whether the device took it; the point is read
 * again when contact returns. `from` is what it held before, `found` what a read that began afterwards brought (null: a fault) at
 * `foundAt`, UTC ms, null when no such read came through.
 */
export const writeOutcomes = ['done', 'different', 'refused', 'unknown'] as const
export type WriteResult = {
  outcome: (typeof writeOutcomes)[number]
  from: number | null
  found: number | null
  foundAt: number | null
  code: number | null
  /** The access code could not be taken back; it is tried again when the device answers. */
  leftOpen?: boolean | undefined
}

/**
 * What the acquisition worker answers. Events it announces:
 * `readings` { batch: ReadingBatch, store: boolean, reason: 'live' | 'slot' | 'settings' } (buffers transferred),
 * `contact` ContactReport[], `unserved` { device, holes: Hole[] } (newly learnt), `served` the same for what is there after all.
 */
export type AcquisitionPort = OpcuaPort & {
  /** Tells the points of a profile before the tasks that name it; again when they have changed. */
  profile(input: { id: string; points: readonly Point[] }): void
  /** Begins to read a device, or takes over its changed task. Rejects with notFound for a profile that was not told. */
  add(task: Task | NamedTask): void
  remove(input: { device: string }): void
  /** The series that somebody is looking at now; replaces the list before. Read every 10 s. */
  watch(input: { series: number[] }): void
  /** The series that rules look at; replaces the list before. Read at least once a minute, those of spared devices as they may be. */
  guard(input: { series: number[] }): void
  /** Reads points at once, ahead of all scheduled reads, and announces them as readings too. Rejects with a Failure. */
  readNow(input: { device: string; points: string[] }): { points: string[]; at: number; value: (number | null)[]; quality: number[] }
  /**
   * Writes one point once, when it still holds what the person saw (`expect`; null: a fault), and reads it back. Rejects with a
   * Failure as long as nothing was sent: write.conflict, write.barred, busy, input.invalid, or why there is no contact.
   */
  write(input: { device: string; point: string; value: number; expect: number | null }): WriteResult
  /** Contacts an offline device at once. Resolves with what came of it. */
  tryNow(input: { device: string }): Contact
  /** Reads blocks from an address that is not a device yet, on a connection of its own unless one is open there. Rejects with a Failure. */
  probe(input: {
    address: Address
    blocks: ProbeBlock[]
    serviceUnit: number | undefined
    timeoutMs: number
    /** After everybody else on a shared line, and of this unit only. */
    gentle?: boolean
  }): ProbeResult
  /** The same where values come by name. Without points: any sign of life. */
  probeValues(input: { address: Address; secret: string | undefined; points: readonly Point[] }): ProbeValues
  /** Reads every point of a device once, the settings too. Never rejects for what the line does: `failure` says it. */
  test(input: { device: string }): TestResult
  /** Lets a controller blink by one request that is never repeated. Rejects with a Failure as long as nothing was sent. */
  wink(input: { address: Address; register: number; seconds: number }): WinkResult
  /** The whole answer of a wired meter: read now when `fresh`, otherwise the last one there was. Rejects with a Failure. */
  meterAnswer(input: { address: Address; fresh: boolean }): MeterAnswer | null
  /**
   * Finds the meters of a line; announces `meterScan` MeterScanEvent. One at a time (`busy`). `within` is the text of a secondary
   * address that may stand for many. Rejects with `cancelled` after `meterScanStop`.
   */
  meterScan(input: {
    address: Address
    by: 'primary' | 'secondary'
    from?: number | undefined
    to?: number | undefined
    within?: string | undefined
  }): MeterScanResult
  meterScanStop(input: Record<string, never>): void
  /** Switches a meter, and the line with it, to another speed. Rejects with input.invalid where nobody can tell the line. */
  meterBaud(input: { address: Address; baud: Baud }): void
  /** The line of a device and what passed on it after message `since`; listened to for 15 s more. */
  line(input: { device: string; since: number }): LineLook
  /** The serial ports of this machine. */
  ports(input: Record<string, never>): SerialPorts
  stop(input: Record<string, never>): void
}

export type ReadingsEvent = { batch: import('../reading.ts').ReadingBatch; store: boolean; reason: 'live' | 'slot' | 'settings' }
export type UnservedEvent = { device: string; holes: Hole[] }
export type { FailureReport }
