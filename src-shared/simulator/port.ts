import type { FlatProfile } from '../devices/profile.ts'
import type { ReadingBatch } from '../reading.ts'
import type { Character, Climate, LineMeter } from './scenario.ts'

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
  character?: Character | undefined
  /** Point → value in the canonical unit, where it differs from the profile's sample. */
  settings?: Readonly<Record<string, number>> | undefined
}

export type RunningStation = Station & { host: string; port: number; unit: number }

/** What the simulator worker answers. Every simulated controller listens on a loopback port of its own (0 = any free one). */
export type SimulatorPort = {
  open(input: { stations: Station[]; ports: number[] | null; host: string; climate?: Climate; meters?: LineMeter[] | undefined }): {
    stations: { port: number }[]
    /** Where the converter of the M-Bus line listens; null without meters. */
    meterPort: number | null
  }
  /** Outdoor temperature of the scenario now, °C. */
  status(input: Record<string, never>): { outdoor: number }
  /**
   * What a driver would have read from the station's measure and state points at each quarter hour in [from, to).
   * `series[i]` belongs to the i-th such point in profile order.
   */
  past(input: { station: number; series: number[]; from: number; to: number }): ReadingBatch
  /** Sets a raw register by wire address, for tests and benchmarks. What the simulation moves stays as set; a setting takes effect. */
  poke(input: { station: number; address: number; raw: number }): void
  close(input: Record<string, never>): void
}
