import { faultKindNames, faultRow, paramsOf, type Fault, type FaultKind, type FaultTarget } from '#shared/simulator/faults.ts'
import type { CallInput } from '#shared/api.ts'
import { nameOf, type Town } from '../town.ts'

/** What somebody is about to break; numbers as they stand in their fields. */
export type FaultDraft = { kind: FaultKind; target: string; params: Record<string, number | string>; hours: number | string }

export const targets: readonly FaultTarget[] = ['station', 'zone', 'node', 'plant']

/** The kinds by what they strike. */
export function kindsFor(target: FaultTarget): FaultKind[] {
  return faultKindNames.filter((kind) => faultRow(kind).target === target)
}

/** What a fault of the kind can strike: `value` as the town takes it. */
export function targetsFor(kind: FaultKind, town: Town): { value: string; label: string }[] {
  switch (faultRow(kind).target) {
    case 'station':
      return town.stations.map((station) => ({ value: station.name, label: nameOf(station) }))
    case 'zone':
      return town.zones.map(({ id, name }) => ({ value: id, label: name }))
    case 'node':
      return town.nodes.map(({ id }) => ({ value: id, label: id }))
    case 'plant':
      return [{ value: 'plant', label: town.plant.name }]
  }
}

/** What a fault strikes, as a person calls it. */
export function labelOf({ kind, target }: Pick<Fault, 'kind' | 'target'>, town: Town): string {
  return targetsFor(kind, town).find(({ value }) => value === target)?.label ?? target
}

/** A fresh draft of the kind with its usual numbers. The target stays when the new kind can strike it too. */
export function draftOf(kind: FaultKind, town: Town, target: string | null): FaultDraft {
  const options = targetsFor(kind, town)
  const kept = options.find(({ value }) => value === target) ?? (options.length === 1 ? options[0] : undefined)
  return { kind, target: kept?.value ?? '', params: paramsOf(kind), hours: '' }
}

/** Names of the fields that cannot be sent: `target`, `hours` or a parameter. */
export function faultyFields({ kind, target, params, hours }: FaultDraft): string[] {
  const wrong = Object.entries(faultRow(kind).params).flatMap(([name, { min, max }]) => {
    const value = params[name]
    return typeof value === 'number' && value >= min && value <= max ? [] : [name]
  })
  if (target === '') wrong.push('target')
  if (hours !== '' && !(typeof hours === 'number' && hours > 0 && hours <= 8784)) wrong.push('hours')
  return wrong
}

/** What is sent. Only for a draft without faulty fields. */
export function strikeOf({ kind, target, params, hours }: FaultDraft): CallInput<'simulator.strike'> {
  const numbers = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Number(value)]))
  return { kind, target, params: numbers, ...(typeof hours === 'number' ? { hours } : {}) }
}
