import type { Settings } from '../image/settings.ts'
import type { Ailments } from './ailments.ts'
import type { Buildings } from './building.ts'
import { density } from './water.ts'
import type { HeatMeters } from './heat-meter.ts'
import type { Heating } from './heating.ts'
import type { HotWater } from './hot-water.ts'
import type { House } from './house.ts'
import type { Network } from './network-view.ts'
import { chance } from './noise.ts'
import type { HouseTruth } from './port.ts'
import type { References } from './references.ts'
import type { Sensors } from './sensors.ts'
import { phases, type StationState } from './state.ts'

/** Everything that a town is made of, by house. */
export type Parts = {
  houses: readonly House[]
  settings: readonly (Settings | undefined)[]
  ward: { readonly ill: readonly Ailments[] }
  buildings: Buildings
  heating: Heating
  water: HotWater
  references: References
  sensors: Sensors
  meters: HeatMeters
  flow: Float64Array
  returned: Float64Array
  lowest: Float64Array
  highest: Float64Array
  away: Float64Array
  network: Network
}

/** Movements of a valve smaller than this part of its travel in a step are none. */
const still = 1e-4
/** ms for which a sensor's noise stays. */
const noiseMs = 5_000
const noise = 0.08

const direction = (moved: number): -1 | 0 | 1 => (moved > still ? 1 : moved < -still ? -1 : 0)

/** What a station shows at `now`; `outdoor` as its sensor has it. Throws when nobody has set the station up yet. */
export function stateOf(parts: Parts, i: number, now: number, outdoor: number): StationState {
  const { heating, water, references, sensors, network } = parts
  const settings = parts.settings[i]
  if (!settings) throw new Error('a station without settings')
  const house = parts.houses[i] as House
  const ill = parts.ward.ill[i] as Ailments
  const slot = Math.floor(now / noiseMs)
  const at = (column: Float64Array) => column[i] as number
  const shake = (place: number) => noise * (chance(house.seed + place, slot) - 0.5)
  const limit = (value: number) => Math.min(140, Math.max(-50, value))
  const flow = ill.flowBroken ? null : limit(at(sensors.flow) + ill.flowOffset + shake(41))
  const room = ill.roomBroken ? null : limit(parts.buildings.air[i] as number) + shake(42)
  return {
    settings,
    outdoor: limit(outdoor + shake(43)),
    lowest: at(parts.lowest),
    highest: at(parts.highest),
    heating: {
      phase: phases[at(references.phase)] ?? 'comfort',
      reference: at(references.heating),
      flow,
      return: limit(at(sensors.heatingReturn) + shake(44)),
      room,
      returnReference: at(references.returnLimit),
      on: at(references.heats) === 1,
      motor: direction(at(heating.moved)),
      opening: at(heating.position) * 100,
      byReturn: at(references.byReturn),
      byRoom: at(references.byRoom),
      cutOut: at(references.cutOut) === 1,
    },
    water: {
      phase: phases[at(references.waterPhase)] ?? 'comfort',
      reference: at(references.water),
      flow: limit(at(sensors.water) + shake(45)),
      return: limit(at(sensors.waterReturn) + shake(46)),
      returnReference: settings.water.returnLimit,
      on: at(references.makesWater) === 1,
      motor: direction(at(water.moved)),
      opening: at(water.opening) * 100,
    },
    meter: parts.meters.state(i, ill),
    primary: {
      supply: limit(at(network.stationSupply) + shake(47)),
      return: limit(at(sensors.return) + shake(48)),
      dp: at(network.stationDp),
      flow: (at(parts.flow) * 3_600) / density,
    },
    alarms: { sensor: ill.roomBroken || ill.flowBroken, flowDeviation: at(parts.away) >= 600 },
  }
}

/** The truth beneath, which no sensor shows. */
export function truthOf(parts: Parts, i: number, outdoor: number): HouseTruth {
  const { heating, water, network, buildings } = parts
  const at = (column: Float64Array) => column[i] as number
  return {
    power: (at(heating.heat) + at(water.heat)) / 1000,
    flow: at(parts.flow),
    supply: at(network.stationSupply),
    return: at(parts.returned),
    dp: at(network.stationDp),
    room: at(buildings.air),
    heatingFlow: at(heating.flow),
    waterFlow: at(water.flow),
    lost: buildings.lost(i, outdoor) / 1000,
  }
}
