import type { OutputOf } from '#shared/contract.ts'
import type { simulator } from '#shared/simulator/contract.ts'
import type { Scenario } from '#shared/simulator/scenario.ts'

type TownView = OutputOf<(typeof simulator)['town']>

/** The town as a page draws it. `pipes`: as the worker sized them; `deviceOf`: the device that a station of this name is. */
export function townView(
  scenario: Scenario,
  pipes: readonly { length: number; diameter: number }[],
  deviceOf: (station: string) => string | null,
): TownView | null {
  const { name, about = '', source = '', town, stations } = scenario
  if (!town) return null
  const position = new Map(town.nodes.map(({ id }, i) => [id, i]))
  return {
    name,
    about,
    source,
    zones: town.zones,
    streets: town.streets.map((street) => ({ name: street.name, line: street.line.map(pair) })),
    plant: { ...town.plant, at: pair(town.plant.at) },
    nodes: town.nodes.map(({ id, parent, at, via = [], length }, i) => ({
      id,
      parent: position.get(parent) ?? -1,
      at: pair(at),
      via: via.map(pair),
      length: pipes[i]?.length ?? length ?? 0,
      diameter: pipes[i]?.diameter ?? 0,
    })),
    stations: stations.map((station) => {
      const node = position.get(station.node ?? '') ?? -1
      return {
        name: station.name,
        place: station.place,
        zone: station.zone ?? null,
        at: pair(station.at ?? town.nodes[node]?.at ?? town.plant.at),
        node,
        device: deviceOf(station.name),
        kind: station.building?.kind ?? 'dwelling',
        seed: station.seed,
        profile: station.profile,
        flats: station.flats ?? 0,
      }
    }),
  }
}

function pair([latitude, longitude]: readonly [number, number]): [number, number] {
  return [latitude, longitude]
}
