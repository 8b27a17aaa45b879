import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { AcquisitionPort, ContactReport, NamedTask, ReadingsEvent } from '#shared/acquisition/port.ts'
import { loadProfiles } from '#shared/devices/load.ts'
import type { FlatProfile } from '#shared/devices/profile.ts'
import { connect, type Remote } from '#shared/rpc.ts'
import { findLayout } from '../../src-main/layout.ts'
import { Fleet } from '../../src-worker/acquisition/fleet.ts'
import { readJsonFiles } from '../../src-main/resources.ts'

const layout = findLayout(new URL('../../src-main/serve.ts', import.meta.url).href)

export function benchProfile(): FlatProfile {
  const profile = loadProfiles(readJsonFiles(join(layout.resources, 'profiles'))).find(({ id }) => id === 'danfoss/ecl310-a266.1')
  if (!profile) throw new Error('the A266.1 profile is missing')
  return profile
}

export type Acquisition = {
  call: Remote<AcquisitionPort>
  reports: ReadonlyMap<string, ContactReport>
  onReadings(listener: (event: ReadingsEvent) => void): void
  stop(): Promise<void>
}

/** The acquisition thread alone, with one task for each port. Series are numbered device by device. */
export async function startAcquisition(profile: FlatProfile, ports: readonly number[]): Promise<Acquisition> {
  const thread = new Worker(layout.worker('acquisition'), { workerData: { clockOffsetMs: 0 } })
  const reports = new Map<string, ContactReport>()
  let listener: (event: ReadingsEvent) => void = () => undefined
  const { call } = connect<AcquisitionPort>(thread, (event, data) => {
    if (event === 'contact') for (const report of data as ContactReport[]) reports.set(report.device, report)
    if (event === 'readings') listener(data as ReadingsEvent)
  })
  await call.profile(profile)
  for (const [i, port] of ports.entries()) await call.add(taskFor(profile, i, port))
  return {
    call,
    reports,
    onReadings: (next) => {
      listener = next
    },
    async stop() {
      await call.stop({})
      const ended = once(thread, 'exit')
      await thread.terminate()
      await ended
    },
  }
}

/** The same code in this thread, without messages between threads: like beside like for a library that runs in one. */
export function acquireHere(profile: FlatProfile, ports: readonly number[]): { fleet: Fleet; requests(): number } {
  const reports = new Map<string, ContactReport>()
  const hear = (event: string, data: unknown) => {
    if (event === 'contact') for (const report of data as ContactReport[]) reports.set(report.device, report)
  }
  const fleet = new Fleet(hear, Date.now)
  void fleet.handlers.profile(profile)
  for (const [i, port] of ports.entries()) void fleet.handlers.add(taskFor(profile, i, port))
  return { fleet, requests: () => [...reports.values()].reduce((sum, { requests }) => sum + requests, 0) }
}

export const deviceName = (i: number) => `device-${i}`
export const seriesFor = (profile: FlatProfile, device: number, point: number) => device * profile.points.length + point + 1

function taskFor(profile: FlatProfile, i: number, port: number): NamedTask {
  return {
    device: deviceName(i),
    address: { host: '127.0.0.1', port, unit: 1 },
    protocol: 'modbus',
    profile: profile.id,
    series: profile.points.map((_point, j) => seriesFor(profile, i, j)),
    limits: profile.limits,
    unserved: [],
    lastSlot: null,
  }
}
