import type { ReadingsEvent } from '#shared/acquisition/port.ts'
import type { CallInput, CallOutput, OperationName } from '#shared/api.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import type { Context, Handler } from './dispatch.ts'
import type { Database } from './database.ts'
import type { Events } from './events.ts'
import type { Latest } from './latest.ts'
import type { Layout } from './layout.ts'
import type { Log } from './log.ts'
import type { Plant, PlantDevice } from './plant.ts'
import type { Shelf } from './shelf.ts'
import type { HostWorkers } from './threads.ts'

/** What every capability gets. A plain object; nothing in it is a singleton. */
export type Host = {
  /** Asks another capability, with the same parse, permission and activity entry as a person's click. */
  call<N extends OperationName>(name: N, input: CallInput<N>, context: Context): Promise<CallOutput<N>>
  database: Database
  /** Writes the configuration, as it is at one moment, into a new file. */
  copyDatabase(path: string): Promise<void>
  events: Events
  latest: Latest
  plant: Plant
  /** Live: the profiles that are known now. */
  profiles: readonly FlatProfile[]
  shelf: Shelf
  workers: HostWorkers
  layout: Layout
  log: Log
  /** UTC milliseconds. */
  clock: () => number
  dataFolder: string
  desktop: boolean
  timeZone: string
  version: string
  startedAt: number
  /** Tells every capability, in the order of the list, that a device came, changed or went. */
  deviceChanged(change: DeviceChange): Promise<void>
  /** Tells every capability that a profile came or is another now. */
  profileChanged(profile: FlatProfile): Promise<void>
}

export type DeviceChange = { kind: 'added' | 'changed' | 'removed'; device: PlantDevice }

/** At most these things: what clients may ask, a look at every batch of readings, devices coming and going, start and stop. */
export type Capability = {
  operations: Record<string, Handler>
  take?(event: ReadingsEvent): void
  deviceChanged?(change: DeviceChange): Promise<void>
  profileChanged?(profile: FlatProfile): Promise<void>
  start?(): Promise<void>
  stop?(): Promise<void>
}

/** The host itself as actor, for what happens without a person. */
export const systemContext: Context = { actor: { name: 'Hearthgrid', role: 'admin', via: 'system' } }
