import { createHash } from 'node:crypto'
import type { Opening, Station } from '#shared/simulator/port.ts'
import { coastalClimate, type Town } from '#shared/simulator/scenario.ts'
import { designFlow } from './physics/house.ts'
import { layOutNetwork, networkOf } from './physics/lay-out-network.ts'
import type { HousePlan, TownPlan } from './physics/port.ts'

/** What the physics is made of, for an opening that begins at `start` (simulated UTC ms). Throws RangeError for a node that is not there. */
export function townPlan({ stations, climate = coastalClimate, town }: Opening, start: number): TownPlan {
  const houses = stations.map((station): HousePlan => {
    const { name, seed, flats, zone, building } = station
    return { name, seed, flats, zone, building }
  })
  const flows = houses.map(designFlow)
  const network = town
    ? networkOf(
        town,
        stations.map(({ name, node, at }, i) => ({ name, node, at, flow: flows[i] ?? 0 })),
      )
    : layOutNetwork(flows, climate.seed)
  return { climate, houses, network, latitude: latitudeOf(stations, town), start }
}

/** Tells a town from every other whose saved state would not fit it. */
export function markOf({ climate, houses, network }: TownPlan, stations: readonly Station[]): string {
  const profiles = stations.map(({ profile }) => profile.id)
  return createHash('sha256')
    .update(JSON.stringify([climate, houses, network, profiles]))
    .digest('hex')
}

function latitudeOf(stations: readonly Station[], town: Town | undefined): number | undefined {
  return town?.plant.at[0] ?? stations.find(({ at }) => at)?.at?.[0]
}
