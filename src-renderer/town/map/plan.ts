import type { Town } from '../town.ts'
import { boxOf, projectionOf, type Box, type Spot } from './projection.ts'

/** The town in metres about its middle. `pipes` in the order of its nodes, each from its parent on. */
export type Plan = {
  box: Box
  streets: { name: string; line: Spot[] }[]
  plant: Spot
  pipes: { id: string; line: Spot[]; area: number }[]
  stations: { name: string; at: Spot; node: Spot }[]
}

export function planOf(town: Town): Plan {
  const places = [town.plant.at, ...town.nodes.map(({ at }) => at), ...town.stations.map(({ at }) => at)]
  const project = projectionOf(places)
  const plant = project(town.plant.at)
  const nodes = town.nodes.map(({ at }) => project(at))
  const at = (index: number): Spot => nodes[index] ?? plant
  return {
    box: boxOf(places.map(project)),
    streets: town.streets.map(({ name, line }) => ({ name, line: line.map(project) })),
    plant,
    pipes: town.nodes.map((node, i) => ({
      id: node.id,
      line: [at(node.parent), ...node.via.map(project), at(i)],
      area: (Math.PI * node.diameter ** 2) / 4,
    })),
    stations: town.stations.map((station) => ({ name: station.name, at: project(station.at), node: at(station.node) })),
  }
}

/** Metres to px of a drawing whose origin is the middle of the town. */
export function scaled(line: readonly Spot[], scale: number): Spot[] {
  return line.map(([x, y]) => [x * scale, y * scale])
}

/** Spots on a line, never farther apart than so many metres. */
export function spotsAlong(line: readonly Spot[], step: number): Spot[] {
  return line.flatMap((to, i): Spot[] => {
    const from = line[i - 1]
    if (!from) return [to]
    const parts = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / step))
    return Array.from({ length: parts }, (_, k) => {
      const share = (k + 1) / parts
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    })
  })
}
