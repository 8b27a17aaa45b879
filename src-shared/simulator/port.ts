import type { FlatProfile } from '../devices/profile.ts'
import type { ReadingBatch } from '../reading.ts'
import type { Fault, FaultKind, PlannedFault } from './faults.ts'
import type { Picture } from './picture.ts'
import type { Building, Climate, LineMeter, Town } from './scenario.ts'

/** A station of a scenario: one simulated controller. `seed` makes it differ from its neighbours and repeat exactly. */
export type Station = {
  name: string
  place: string
  seed: number
  profile: FlatProfile
  orderCode: number
  serial: number
  /** Such as 2.45. */
  firmware?: string | undefined
  flats?: number | undefined
  building?: Building | undefined
  at?: readonly [number, number] | undefined
  zone?: string | undefined
  node?: string | undefined
  /** Point → value in the canonical unit, where it differs from the profile's sample. */
  settings?: Readonly<Record<string, number>> | undefined
}

export type RunningStation = Station & { host: string; port: number; unit: number }

/** A town to open. `start`: where simulated time begins, UTC ms; absent: now. `saved` takes the place of everything that was. */
export type Opening = {
  stations: Station[]
  /** Ports used before, in the order of the stations; null or 0: any free one. */
  ports: number[] | null
  /** Those of the M-Bus line and of the OPC UA server; any free one when absent. */
  meterPort?: number | null | undefined
  opcuaPort?: number | null | undefined
  host: string
  climate?: Climate | undefined
  town?: Town | undefined
  meters?: LineMeter[] | undefined
  /** Names of the stations behind the OPC UA server. */
  opcua?: string[] | undefined
  faults?: PlannedFault[] | undefined
  start?: number | undefined
  /** Samples of quarter hours are kept from `start` on, for `past`, until `forget`, `pace` or `jump`. Needs `start`. */
  record?: boolean | undefined
  speed?: number | undefined
  saved?: Uint8Array | undefined
}

export type Opened = {
  stations: { port: number }[]
  /** Where the converter of the M-Bus line listens; null without meters. */
  meterPort: number | null
  opcuaPort: number | null
}

/** What the simulator worker answers. Every simulated controller listens on a loopback port of its own (0 = any free one). */
export type SimulatorPort = {
  /**
   * Lets the town run from `start` to the present, announcing `progress` ({ done, total }: days), and opens its servers only then. What
   * was open before is closed. Rejects with `cancelled` when `close` came in between.
   */
  open(input: Opening): Opened
  /** Simulated time (UTC ms), simulated seconds a second (0: it rests), outdoor temperature °C. */
  status(input: Record<string, never>): { now: number; speed: number; outdoor: number }
  pace(input: { speed: number }): void
  /** Runs ahead to a later moment at once, announcing `progress`; faults that are planned in between come and go. */
  jump(input: { to: number }): void
  picture(input: Record<string, never>): Picture
  /** The network as it was sized: trench and inner diameter in m, in the order of the nodes of the town. */
  pipes(input: Record<string, never>): { length: number; diameter: number }[]
  /** All faults so far, in the order in which they began. */
  faults(input: Record<string, never>): Fault[]
  /** From now on until healed, or until `to`. Throws `notFound` for a target that is not there, `input.invalid` for a parameter. */
  strike(input: { kind: FaultKind; target: string; params?: Record<string, number> | undefined; to?: number | null | undefined }): Fault
  heal(input: { id: string }): Fault
  /**
   * What a driver would have read from a station's measure and state points at quarter hours, as far as they were kept (`record`): what
   * moves each quarter hour, what stands still once a day. `series[i]` belongs to the i-th such point in profile order. Rows from slot
   * number `from` of the record on, at most `slots` of them; `next` null: that was the last.
   */
  past(input: { station: number; series: number[]; from: number; slots: number }): { batch: ReadingBatch; next: number | null }
  /** The record is not needed any more. */
  forget(input: Record<string, never>): void
  /** Everything that the town remembers, for `saved`. */
  save(input: Record<string, never>): Uint8Array
  /** Sets a raw register by wire address, for tests and benchmarks. What the simulation moves stays as set; a setting takes effect. */
  poke(input: { station: number; address: number; raw: number }): void
  close(input: Record<string, never>): void
}
