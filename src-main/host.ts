import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { api, type CallInput, type CallOutput, type OperationName } from '#shared/api.ts'
import type { ReadingsEvent } from '#shared/acquisition/port.ts'
import { qualities, type ReadingBatch } from '#shared/reading.ts'
import { parseScenario } from '#shared/simulator/scenario.ts'
import { createAlarms } from './alarms/operations.ts'
import { createAcquisition } from './acquisition/operations.ts'
import { createPen } from './audit/log.ts'
import { createAudit } from './audit/operations.ts'
import { createBackups } from './backups/operations.ts'
import type { Capability, DeviceChange, Host } from './capability.ts'
import { createCommissioning } from './commissioning/operations.ts'
import { openDatabase } from './database.ts'
import { createDevices } from './devices/operations.ts'
import { createDispatch, type Context, type Registered } from './dispatch.ts'
import { createEnergy } from './energy/operations.ts'
import { Events } from './events.ts'
import { createHistory } from './history/operations.ts'
import type { IngestDoor } from './ingest/door.ts'
import { createIngest } from './ingest/operations.ts'
import { Latest } from './latest.ts'
import { createInputs } from './inputs/operations.ts'
import type { Layout } from './layout.ts'
import type { Log } from './log.ts'
import { createOpcua } from './opcua/operations.ts'
import { createOverrides } from './overrides/operations.ts'
import { createMeters } from './meters/operations.ts'
import { Plant } from './plant.ts'
import { readJson, readJsonFiles } from './resources.ts'
import { createPractice } from './practice/operations.ts'
import { createPresets } from './presets/operations.ts'
import { createProfiles } from './profiles/operations.ts'
import { createSimulator } from './simulator/operations.ts'
import { SerialPorts } from './serial-ports.ts'
import { Shelf } from './shelf.ts'
import { lastSlots } from './slots.ts'
import { createSystem } from './system/operations.ts'
import { createThreads, type HostWorkers } from './threads.ts'
import { createUsers } from './users/operations.ts'
import { createVirtual } from './virtual/operations.ts'

export type HostOptions = {
  dataFolder: string
  layout: Layout
  log: Log
  /** UTC milliseconds. */
  clock: () => number
  desktop: boolean
  version: string
  /** Days of history that the demo town is made with; as its scenario says when absent. */
  demoDays?: number | null | undefined
}

export type RunningHost = Host & {
  /** Called with every batch after all capabilities have seen it. Returns the function that ends it. */
  onReadings(listener: (batch: ReadingBatch) => void): () => void
  watch(series: ReadonlySet<number>): void
  table: ReadonlyMap<string, Registered>
  ingest: IngestDoor
  start(): Promise<void>
  stop(): Promise<void>
}

const stale = qualities.indexOf('stale')

/** Puts the host together. Nothing runs before `start`. */
export function createHost({ dataFolder, layout, log, clock, desktop, version, demoDays }: HostOptions): RunningHost {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const { database, copyTo, close } = openDatabase(join(dataFolder, 'config.sqlite'))
  const events = new Events()
  const plant = new Plant()
  const latest = new Latest()
  const shelf = new Shelf(readJsonFiles(join(layout.resources, 'profiles')))
  const listeners = new Set<(batch: ReadingBatch) => void>()
  let serialPorts: SerialPorts | undefined
  const workers: HostWorkers = createThreads(
    layout,
    log.for('workers'),
    clock,
    () => ({
      acquisition: acquisitionCapability,
      history: historyCapability,
      simulator: simulatorCapability,
    }),
    dataFolder,
  )

  const host: Host = {
    call: async <N extends OperationName>(name: N, input: CallInput<N>, context: Context) =>
      (await dispatch(name, input, context)) as CallOutput<N>,
    database,
    copyDatabase: copyTo,
    events,
    latest,
    plant,
    profiles: shelf.profiles,
    shelf,
    workers,
    layout,
    log,
    clock,
    dataFolder,
    desktop,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    version,
    startedAt: clock(),
    async deviceChanged(change: DeviceChange) {
      for (const capability of order) await capability.deviceChanged?.(change)
    },
    async profileChanged(profile) {
      for (const capability of order) await capability.profileChanged?.(profile)
    },
  }

  const take = (event: ReadingsEvent) => {
    latest.take(event.batch)
    for (const capability of order) capability.take?.(event)
    for (const listener of listeners) listener(event.batch)
  }

  const auditCapability = createAudit(host)
  const usersCapability = createUsers(host)
  const systemCapability = createSystem(host)
  const devicesCapability = createDevices(host)
  const historyCapability = createHistory(host)
  const acquisitionCapability = createAcquisition(host, take, () => lastSlots(plant, historyCapability.newest()))
  const ingestCapability = createIngest(host, {
    store: historyCapability.store,
    show: (batch) => take({ batch, store: false, reason: 'live' }),
    stored: historyCapability.newest,
  })
  const simulatorCapability = createSimulator(
    host,
    () => parseScenario(readJson(join(layout.resources, 'scenarios', 'demo-town.json'))),
    demoDays ?? null,
  )
  const backupsCapability = createBackups(host)
  const virtualCapability = createVirtual(host, {
    store: historyCapability.store,
    show: (batch, store) => take({ batch, store, reason: store ? 'slot' : 'live' }),
    stored: historyCapability.newest,
  })
  const capabilities = {
    audit: auditCapability,
    users: usersCapability,
    system: systemCapability,
    profiles: createProfiles(host),
    devices: devicesCapability,
    history: historyCapability,
    ingest: ingestCapability,
    virtual: virtualCapability,
    simulator: simulatorCapability,
    meters: createMeters(host),
    energy: createEnergy(host),
    acquisition: acquisitionCapability,
    overrides: createOverrides(host),
    backups: backupsCapability,
    opcua: createOpcua(host),
    inputs: createInputs(host),
    presets: createPresets(host),
    practice: createPractice(host, () => readJsonFiles(join(layout.resources, 'practice'))),
    commissioning: createCommissioning(host),
    alarms: createAlarms(host, { guard: (series) => acquisitionCapability.guard(virtualCapability.widened(series)) }),
  } satisfies Record<keyof typeof api, Capability>
  /** The order of start, of looking at readings and of hearing about devices; stop goes backwards. */
  const order: readonly Capability[] = Object.values(capabilities)
  const table = tableOf(capabilities)
  const dispatch = createDispatch(table, createPen(database, clock), events, log.for('operations'))

  return {
    ...host,
    table,
    ingest: ingestCapability.door,
    watch: (series) => acquisitionCapability.watch(virtualCapability.widened(series)),
    onReadings(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start() {
      serialPorts = new SerialPorts(dataFolder)
      for (const capability of order) {
        await capability.start?.()
        if (capability === historyCapability) latest.take(asStale(historyCapability.newest()))
      }
    },
    async stop() {
      for (const capability of order.toReversed()) await capability.stop?.()
      serialPorts?.stop()
      await close()
    },
  }
}

/** Every row of the contracts beside the handler that answers it. Throws when a row has none, or a handler no row. */
export function tableOf(capabilities: Record<keyof typeof api, Capability>): Map<string, Registered> {
  const table = new Map<string, Registered>()
  for (const [name, rows] of Object.entries(api)) {
    const { operations } = capabilities[name as keyof typeof api]
    for (const [key, row] of Object.entries(rows)) {
      const handler = operations[key]
      if (!handler) throw new Error(`no handler for ${name}.${key}`)
      table.set(`${name}.${key}`, { row, handler })
    }
    for (const key of Object.keys(operations)) if (!(key in rows)) throw new Error(`no row for ${name}.${key}`)
  }
  return table
}

/** What history knows is shown at once after a start, marked as old. */
export function asStale(batch: ReadingBatch): ReadingBatch {
  return { ...batch, quality: new Uint8Array(batch.quality.length).fill(stale) }
}
