import type { acquisition, Connection } from '#shared/acquisition/contract.ts'
import type {
  AcquisitionPort,
  ContactReport,
  MeterScanEvent,
  NamedTask,
  Spare,
  ReadingsEvent,
  UnservedEvent,
} from '#shared/acquisition/port.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import type { Remote } from '#shared/rpc.ts'
import type { Capability, Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { PlantDevice } from '../plant.ts'
import { lineOf } from './line.ts'
import { storeServed, storeUnserved } from './unserved.ts'

export type AcquisitionCapability = Capability & {
  begin(call: Remote<AcquisitionPort>): Promise<void>
  onEvent(event: string, data: unknown): void
  /** The series that somebody looks at now, whoever that is. */
  watch(series: ReadonlySet<number>): void
  /** The series that alarm rules look at. */
  guard(series: ReadonlySet<number>): void
}

/** `hand` passes every batch on to the host, which knows in what order it is looked at. */
export function createAcquisition(
  host: Host,
  hand: (event: ReadingsEvent) => void,
  lastSlots: () => ReadonlyMap<string, number>,
): AcquisitionCapability {
  const log = host.log.for('acquisition')
  const thread = host.workers.acquisition
  const reports = new Map<string, ContactReport>()
  let watched: number[] = []
  let guarded: ReadonlySet<number> = new Set()
  /** Profiles that the thread knows, as it knows them. */
  const told = new Map<string, FlatProfile>()

  /** What nobody is asked for: gateways send by themselves, and calculated points have no device. */
  const isAsked = ({ address }: PlantDevice) => address.way !== 'push' && address.way !== 'calculated'

  /** A device with points of its own has a profile of its own. */
  const nameOf = ({ id, profile }: PlantDevice) => (host.profiles.includes(profile) ? profile.id : `${profile.id} ${id}`)

  const taskOf = (device: PlantDevice, slots: ReadonlyMap<string, number>): NamedTask => ({
    device: device.id,
    address: device.address,
    secret: device.secret,
    protocol: device.profile.protocol,
    profile: nameOf(device),
    series: device.series.filter((_series, i) => !device.profile.points[i]?.formula),
    limits: device.profile.limits,
    unlock: device.profile.unlock,
    unserved: device.unserved,
    spare: device.spare ?? spareOf(device),
    lastSlot: reports.get(device.id)?.lastSlot ?? slots.get(device.id) ?? null,
  })

  const add = async (call: Remote<AcquisitionPort>, device: PlantDevice, slots: ReadonlyMap<string, number>) => {
    const id = nameOf(device)
    if (told.get(id) !== device.profile) {
      told.set(id, device.profile)
      await call.profile({ id, points: device.profile.points.filter(({ formula }) => !formula) })
    }
    await call.add(taskOf(device, slots))
  }

  const takeReports = (batch: ContactReport[]) => {
    const changed: string[] = []
    for (const report of batch) {
      const device = host.plant.get(report.device)
      if (!device) continue
      const before = reports.get(report.device)?.contact.state ?? 'waiting'
      const { state, failure } = report.contact
      reports.set(report.device, report)
      device.contact = report.contact
      if (state === before) continue
      changed.push(report.device)
      if (state === 'offline') log.warn('no contact', { device: device.name, reason: failure?.code })
      else log.info('contact', { device: device.name, state })
    }
    if (changed.length > 0) host.events.announce({ event: 'status', devices: changed })
  }

  const operations: Handlers<typeof acquisition, Context> = {
    connections: () =>
      host.plant.all().flatMap((device) => (device.address.way === 'calculated' ? [] : [connectionOf(device, reports.get(device.id))])),
    tryNow({ device }) {
      const found = host.plant.get(device)
      if (!found) throw new Failure('notFound', { what: 'device' })
      // It sends by itself; there is nobody to be asked.
      return isAsked(found) ? thread.call.tryNow({ device }) : found.contact
    },
    async line({ device: id, since }) {
      const device = host.plant.get(id)
      if (!device || !isAsked(device)) throw new Failure('notFound', { what: 'line' })
      const look = await thread.call.line({ device: id, since })
      return lineOf(device, look, (other) => {
        const found = host.plant.get(other)
        return found && connectionOf(found, reports.get(other))
      })
    },
    ports: () => thread.call.ports({}),
    latest: ({ series }) => series.flatMap((number) => host.latest.get(number) ?? []),
  }

  return {
    operations,
    async begin(call) {
      told.clear()
      const slots = lastSlots()
      for (const device of host.plant.all()) if (isAsked(device)) await add(call, device, slots)
      await call.watch({ series: watched })
      await call.guard({ series: [...guarded] })
    },
    onEvent(event, data) {
      if (event === 'readings') hand(data as ReadingsEvent)
      else if (event === 'contact') takeReports(data as ContactReport[])
      else if (event === 'meterScan') announceScan(host, data as MeterScanEvent)
      else if (event === 'unserved') void storeUnserved(host, log, data as UnservedEvent)
      else if (event === 'served') void storeServed(host, log, data as UnservedEvent)
    },
    watch(series) {
      watched = [...series]
      thread.call.watch({ series: watched }).catch((error: unknown) => log.error('watch list not taken', { error: String(error) }))
    },
    guard(series) {
      if (series.size === guarded.size && [...series].every((one) => guarded.has(one))) return
      guarded = new Set(series)
      thread.call.guard({ series: [...series] }).catch((error: unknown) => log.error('guard list not taken', { error: String(error) }))
    },
    async deviceChanged({ kind, device }) {
      if (kind === 'removed' || !isAsked(device)) {
        reports.delete(device.id)
        await thread.call.remove({ device: device.id })
      } else await add(thread.call, device, lastSlots())
    },
    start: () => thread.start(),
    stop: () => thread.stop((call) => call.stop({})),
  }
}

/** A whole bus waits while one of its meters answers, so none is read more often than once a minute. */
const meterWatchMs = 60_000

function spareOf({ profile }: PlantDevice): Spare | undefined {
  return profile.protocol === 'mbus' ? { watchMs: meterWatchMs, restMs: 0, lastRead: null } : undefined
}

function announceScan({ events }: Host, { done }: MeterScanEvent): void {
  // The end is told by whoever began the scan.
  if (done < 1) events.announce({ event: 'jobs', job: 'meters.scan', done: Math.floor(done * 100), total: 100, state: 'running' })
}

function connectionOf(device: PlantDevice, report: ContactReport | undefined): Connection {
  const { id, name, address, contact, unserved } = device
  return {
    requests: report?.requests ?? 0,
    failures: report?.failures ?? 0,
    exceptions: report?.exceptions ?? 0,
    reconnects: report?.reconnects ?? 0,
    answerMs: report?.answerMs ?? null,
    answerMsWorst: report?.answerMsWorst ?? null,
    cycleMs: report?.cycleMs ?? null,
    overruns: report?.overruns ?? 0,
    nextTry: report?.nextTry ?? null,
    lastSlot: report?.lastSlot ?? null,
    missedSlots: report?.missedSlots ?? 0,
    device: id,
    name,
    address,
    contact,
    unserved: unserved.length,
  }
}
