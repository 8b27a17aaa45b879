import { faultRow, paramsOf } from './faults.ts'
import type { Scenario } from './scenario.ts'

export type Wrong = { message: string; path: (string | number)[] }

/** What a scenario says twice, and what it names that is nowhere in it. */
export function wrongIn(scenario: Pick<Scenario, 'town' | 'stations' | 'opcua' | 'meters' | 'faults'>): Wrong[] {
  return [...doubled(scenario), ...town(scenario), ...placed(scenario), ...buses(scenario), ...faults(scenario)]
}

type Part = Parameters<typeof wrongIn>[0]

function doubled({ stations, town: plan, meters = [] }: Part): Wrong[] {
  return [
    ...(['name', 'seed', 'serial'] as const).flatMap((key) => twice(stations, key, ['stations'])),
    ...twice(meters, 'address', ['meters']),
    ...twice(meters, 'serial', ['meters']),
    ...twice(plan?.zones ?? [], 'id', ['town', 'zones']),
    ...twice(plan?.nodes ?? [], 'id', ['town', 'nodes']),
  ]
}

function twice<K extends string>(rows: readonly Readonly<Record<K, string | number>>[], key: K, path: string[]): Wrong[] {
  const seen = new Set<string | number>()
  return rows.flatMap((row, i) => {
    if (seen.has(row[key])) return [{ message: `${key} ${row[key]} twice`, path: [...path, i, key] }]
    seen.add(row[key])
    return []
  })
}

function town({ town: plan }: Part): Wrong[] {
  const before = new Set(['plant'])
  return (plan?.nodes ?? []).flatMap(({ id, parent }, i) => {
    const path = ['town', 'nodes', i]
    const known = before.has(parent)
    const taken = id === 'plant'
    before.add(id)
    return [
      ...(taken ? [{ message: 'a node cannot be called plant', path: [...path, 'id'] }] : []),
      ...(known ? [] : [{ message: `node ${id} hangs on ${parent}, which does not stand before it`, path: [...path, 'parent'] }]),
    ]
  })
}

function placed({ stations, town: plan }: Part): Wrong[] {
  if (!plan) return []
  const zones = new Set(plan.zones.map(({ id }) => id))
  const nodes = new Set(plan.nodes.map(({ id }) => id))
  return stations.flatMap(({ name, zone, node }, i) => [
    ...(zone === undefined || zones.has(zone)
      ? []
      : [{ message: `${name} stands in zone ${zone}, which is not there`, path: ['stations', i, 'zone'] }]),
    ...(node === undefined || nodes.has(node)
      ? []
      : [{ message: `${name} hangs on node ${node}, which is not there`, path: ['stations', i, 'node'] }]),
  ])
}

function buses({ stations, opcua = [], meters = [] }: Part): Wrong[] {
  const names = new Set(stations.map(({ name }) => name))
  return [
    ...opcua.flatMap((name, i) => (names.has(name) ? [] : [{ message: `no station is called ${name}`, path: ['opcua', i] }])),
    ...meters.flatMap(({ station }, i) =>
      station === undefined || names.has(station) ? [] : [{ message: `no station is called ${station}`, path: ['meters', i, 'station'] }],
    ),
  ]
}

function faults({ stations, town: plan, faults: planned = [] }: Part): Wrong[] {
  const zones = [...stations.flatMap(({ zone }) => zone ?? []), ...(plan?.zones ?? []).flatMap(({ id, name }) => [id, name])]
  const targets = {
    station: new Set(stations.map(({ name }) => name)),
    node: plan && new Set(plan.nodes.map(({ id }) => id)),
    plant: new Set(['plant']),
    zone: new Set(zones),
  }
  return planned.flatMap(({ kind, target, params, fromDay, toDay }, i) => {
    const path = ['faults', i]
    const what = faultRow(kind).target
    const known = targets[what]?.has(target) ?? true
    const ends = toDay === undefined || toDay === null || toDay > fromDay
    return [
      ...(known ? [] : [{ message: `${kind} strikes a ${what}, and none is called ${target}`, path: [...path, 'target'] }]),
      ...(ends ? [] : [{ message: `${kind} ends before it begins`, path: [...path, 'toDay'] }]),
      ...refused(() => paramsOf(kind, params)).map((message) => ({ message, path: [...path, 'params'] })),
    ]
  })
}

function refused(work: () => unknown): string[] {
  try {
    work()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
