import type { Town } from '#shared/simulator/scenario.ts'
import type { NetworkPlan, PipePlan } from './network-plan.ts'
import { chance } from './noise.ts'
import { sizeFor, sizeOf } from './pipes.ts'

const stationsPerNode = 2.5
const segment = { shortest: 60, longest: 200 } as const
/** Pipes that leave a node at most, and pipes in a row from the plant at most. */
const branches = 3
const deepest = 14

type Trench = { id: string; parent: number; length: number; dn?: number | undefined }

/** A network for a town without streets: a tree drawn by the seed, its pipes sized for the design flows of the stations, kg/s. */
export function layOutNetwork(flows: readonly number[], seed: number): NetworkPlan {
  const size = Math.max(1, Math.round(flows.length / stationsPerNode))
  const trenches: Trench[] = []
  const depth: number[] = []
  const children: number[] = []
  for (let i = 0; i < size; i++) {
    const parent = i === 0 ? -1 : parentFor(i, depth, children, chance(seed, 2 * i))
    const length = Math.round(segment.shortest + chance(seed, 2 * i + 1) * (segment.longest - segment.shortest))
    trenches.push({ id: `n${i + 1}`, parent, length })
    depth.push(parent < 0 ? 1 : (depth[parent] ?? 0) + 1)
    children.push(0)
    if (parent >= 0) children[parent] = (children[parent] ?? 0) + 1
  }
  return sized(
    trenches,
    flows.map((_, i) => Math.min(size - 1, Math.floor((i * size) / flows.length))),
    flows,
  )
}

/** The first node at or after a drawn one that has room for one more. */
function parentFor(count: number, depth: readonly number[], children: readonly number[], drawn: number): number {
  const from = Math.floor(drawn * count)
  for (let i = 0; i < count; i++) {
    const node = (from + i) % count
    if ((children[node] ?? 0) < branches && (depth[node] ?? 0) < deepest) return node
  }
  return from
}

/** A station of a town with its design flow, kg/s. */
export type Connected = { name: string; flow: number; node?: string | undefined; at?: readonly [number, number] | undefined }

/**
 * The network of a town as its scenario tells it; a pipe without a diameter gets the one that its stations need. A station that names no
 * node takes the nearest, one without a place too the next in turn. Throws RangeError for a node that is not there.
 */
export function networkOf(town: Town, stations: readonly Connected[]): NetworkPlan {
  const { nodes, plant } = town
  if (nodes.length === 0) throw new RangeError('a town with streets needs nodes of its network')
  const position = new Map<string, number>()
  const trenches = nodes.map((node, i): Trench => {
    const parent = node.parent === 'plant' ? -1 : position.get(node.parent)
    if (parent === undefined) throw new RangeError(`node ${node.id} hangs on ${node.parent}, which does not stand before it`)
    if (node.id === 'plant' || position.has(node.id)) throw new RangeError(`node ${node.id} twice`)
    position.set(node.id, i)
    const from = nodes[parent]?.at ?? plant.at
    const length = node.length ?? Math.max(1, lengthOf([from, ...(node.via ?? []), node.at]))
    return { id: node.id, parent, length, dn: node.dn }
  })
  const served = stations.map((station, i) => {
    if (station.node !== undefined) {
      const found = position.get(station.node)
      if (found === undefined) throw new RangeError(`${station.name} takes its water at node ${station.node}, which is not there`)
      return found
    }
    const { at } = station
    if (!at) return i % nodes.length
    const distances = nodes.map((node) => lengthOf([node.at, at]))
    return distances.indexOf(Math.min(...distances))
  })
  return sized(
    trenches,
    served,
    stations.map(({ flow }) => flow),
  )
}

/** Length of a line over the ground, m. */
export function lengthOf(line: readonly (readonly [number, number])[]): number {
  let sum = 0
  for (const [i, [latitude, longitude]] of line.entries()) {
    const before = line[i - 1]
    if (!before) continue
    const north = (latitude - before[0]) * metresPerDegree
    const east = (longitude - before[1]) * metresPerDegree * Math.cos(((latitude + before[0]) / 2) * (Math.PI / 180))
    sum += Math.hypot(north, east)
  }
  return sum
}

/** Of latitude. */
const metresPerDegree = 111_195

function sized(trenches: readonly Trench[], stations: number[], flows: readonly number[]): NetworkPlan {
  const sum = trenches.map(() => 0)
  const most = trenches.map(() => 0)
  stations.forEach((node, i) => {
    const flow = flows[i] ?? 0
    sum[node] = (sum[node] ?? 0) + flow
    most[node] = Math.max(most[node] ?? 0, flow)
  })
  for (const [i, { parent }] of [...trenches.entries()].toReversed()) {
    if (parent < 0) continue
    sum[parent] = (sum[parent] ?? 0) + (sum[i] ?? 0)
    most[parent] = Math.max(most[parent] ?? 0, most[i] ?? 0)
  }
  const pipes = trenches.map(({ id, parent, length, dn }, i): PipePlan => {
    const { diameter, loss } = dn === undefined ? sizeFor(sum[i] ?? 0, most[i] ?? 0) : sizeOf(dn)
    return { id, parent, length, diameter, loss }
  })
  return { pipes, stations }
}
