import { randomUUID } from 'node:crypto'
import type { CallOutput } from '#shared/api.ts'
import type { Targets } from '#shared/practice/draw.ts'
import { faultRow, type Fault } from '#shared/simulator/faults.ts'
import { systemContext, type Host } from '../capability.ts'
import type { FaultRow, RunRow } from './store.ts'

export type TownState = 'closed' | 'making' | 'open'
type Status = CallOutput<'simulator.status'>

export function townState({ running, making }: Status): TownState {
  if (making !== null) return 'making'
  return running ? 'open' : 'closed'
}

export async function townStatus(host: Host): Promise<Status> {
  return host.call('simulator.status', {}, systemContext)
}

/** Time (simulated UTC ms), pace and outdoor temperature of a town that runs; null of one that does not. */
export async function openTown(host: Host): Promise<{ now: number; speed: number; outdoor: number } | null> {
  const status = await townStatus(host)
  const { now, speed, outdoor } = status
  if (townState(status) !== 'open' || now === null || speed === null) return null
  return { now, speed, outdoor: outdoor ?? 0 }
}

/** What an exercise may strike now. */
export async function targetsOf(host: Host, now: number): Promise<Targets> {
  const [town, { faults }] = await Promise.all([
    host.call('simulator.town', {}, systemContext),
    host.call('simulator.faults', {}, systemContext),
  ])
  const stations = town.stations.flatMap(({ name, zone, device }) => {
    const known = device === null ? undefined : host.plant.get(device)
    return known ? [{ name, zone, points: known.profile.points.map(({ id }) => id) }] : []
  })
  const taken = new Set(faults.filter((fault) => standsAt(fault, now)).map(({ target }) => target))
  const zones = town.zones.map(({ id }) => id).filter((id) => stations.some(({ zone }) => zone === id))
  return { stations, zones, nodes: town.nodes.map(({ id }) => id), taken }
}

/** Names of the stations that a fault of this target shows at besides; only those of a zone. */
export function stationsBehind(kind: FaultRow['kind'], target: string, { stations }: Targets): string[] {
  return faultRow(kind).target === 'zone' ? stations.filter(({ zone }) => zone === target).map(({ name }) => name) : []
}

export function standsAt({ from, to }: Fault, at: number): boolean {
  return from <= at && (to === null || to > at)
}

/** What was broken during an exercise without being part of it, as rows to keep. `now`: simulated UTC ms of its end. */
export function besides(run: RunRow, own: readonly FaultRow[], faults: readonly Fault[], now: number): FaultRow[] {
  const ours = new Set(own.map(({ fault }) => fault))
  return faults
    .filter(({ id, from, to }) => !ours.has(id) && from < now && (to === null || to > run.fromAt))
    .map(({ id, kind, target, params, from, to }) => ({
      id: randomUUID(),
      run: run.id,
      own: 0,
      kind,
      target,
      params: JSON.stringify(params),
      stations: '[]',
      after: Math.min(run.elapsed, Math.max(0, from - run.fromAt)),
      lasts: null,
      state: 'healed',
      fault: id,
      fromAt: from,
      toAt: to,
    }))
}
