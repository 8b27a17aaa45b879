import { Failure } from '#shared/failures.ts'
import { faultRow, type FaultKind } from '#shared/simulator/faults.ts'
import type { Town } from '#shared/simulator/scenario.ts'
import type { NetworkPlan } from '../physics/network-plan.ts'

type Housed = { name: string; zone?: string | undefined }

/** What faults can strike in a town. */
export type Targets = {
  /** Throws `notFound` for a target that there is not, or not for this kind. Returns it as the ledger calls it. */
  check(kind: FaultKind, target: string): string
  /** Positions of the stations that a target stands for. */
  stations(kind: FaultKind, target: string): readonly number[]
}

export function targetsOf(houses: readonly Housed[], network: NetworkPlan, zones: Town['zones']): Targets {
  const stations = new Map(houses.map(({ name }, i) => [name, i]))
  const nodes = new Set(network.pipes.map(({ id }) => id))
  const zoneIds = new Map<string, string>()
  for (const { zone } of houses) if (zone !== undefined) zoneIds.set(zone, zone)
  for (const { id, name } of zones) zoneIds.set(name, id).set(id, id)
  const find = (kind: FaultKind, target: string) => {
    switch (faultRow(kind).target) {
      case 'station':
        return stations.has(target) ? target : undefined
      case 'node':
        return nodes.has(target) ? target : undefined
      case 'zone':
        return zoneIds.get(target)
      case 'plant':
        return target === 'plant' ? target : undefined
    }
  }
  return {
    check(kind, target) {
      const found = find(kind, target)
      if (found === undefined) throw new Failure('notFound', { what: faultRow(kind).target, target })
      return found
    },
    stations(kind, target) {
      const { target: what } = faultRow(kind)
      if (what === 'zone') return houses.flatMap(({ zone }, i) => (zone === target ? [i] : []))
      const station = what === 'station' ? stations.get(target) : undefined
      return station === undefined ? [] : [station]
    },
  }
}
