import type { Settings } from '../image/settings.ts'
import type { Ailments } from './ailments.ts'
import { heatCapacity } from './water.ts'
import { createBuildings } from './building.ts'
import { outsideOf, type Outside } from './climate.ts'
import { createDice } from './dice.ts'
import { habitAt } from './habit.ts'
import { createHeating } from './heating.ts'
import { createHotWater } from './hot-water.ts'
import { houseOf, type House } from './house.ts'
import { createMeters } from './heat-meter.ts'
import { localTime, dayTime } from './local-time.ts'
import { Memory } from './memory.ts'
import { createNetwork } from './network.ts'
import { clamp } from './noise.ts'
import type { Physics, TownPlan } from './port.ts'
import { createReferences, type Sight } from './references.ts'
import { createSensors } from './sensors.ts'
import { stateOf, truthOf, type Parts } from './view.ts'
import { Ward } from './ward.ts'

const hour = 3_600_000
/** ms between looks at weather and buildings, and at the references: in long steps the latter wait longer. */
const slowMs = 30_000
const referMs = { short: 30_000, long: 300_000 }
const longest = 180
/** Opening of the hot-water valve from which heating stands back, where hot water goes first. */
const plenty = 0.3
/** s a flow may be this far from its reference, K, before the controller calls it an alarm. */
const deviation = { seconds: 600, kelvin: 10 }

/** Supply temperature of the network: 70 °C, rising from 5 °C outdoors to 95 °C at -10 °C. */
function supplyFor(outdoor: number): number {
  return 70 + 25 * clamp((5 - outdoor) / 15, 0, 1)
}

/** A town at its start: rooms are warm, water moves, meters have counted for years. `latitude` in degrees north. */
export function createPhysics(plan: TownPlan): Physics {
  const { houses: plans, climate, start } = plan
  const size = plans.length
  const houses: House[] = plans.map(houseOf)
  const memory = new Memory()
  const zone = localTime(climate.timeZone)
  const outside = outsideOf(climate, zone, plan.latitude)
  const clock = memory.column(1)
  /** When the references were worked out last. */
  const referred = memory.column(1)
  const luck = memory.column(size)
  const buildings = createBuildings(houses, memory)
  const heating = createHeating(houses, buildings, memory)
  const water = createHotWater(houses, createDice(luck), memory)
  const references = createReferences(size, memory)
  const sensors = createSensors(houses, memory)
  const meters = createMeters(houses, memory)
  const flow = memory.column(size)
  const returned = memory.column(size)
  const lowest = memory.column(size)
  const highest = memory.column(size)
  const away = memory.column(size)
  /** Outdoor temperature as the plant follows it (6 h). */
  const plantSees = memory.column(1)
  const network = createNetwork(plan.network)
  memory.adopt(network.memory)
  const ward = new Ward(
    plans.map(({ name }) => name),
    plan.network,
    { heating, water, meters, network },
  )
  const settings: (Settings | undefined)[] = plans.map(() => undefined)

  let now = start
  let around: Outside = outside(now)
  const sight: Sight = { outdoor: 0, room: 0, primaryReturn: 0 }
  const parts: Parts = {
    houses,
    settings,
    ward,
    buildings,
    heating,
    water,
    references,
    sensors,
    meters,
    flow,
    returned,
    lowest,
    highest,
    away,
    network,
  }

  const seenOutdoor = (i: number, ill: Ailments) => {
    const { outdoorError, outdoorSun } = houses[i] as House
    return around.outdoor + outdoorError + (outdoorSun * around.sun) / 800 + ill.outdoorOffset
  }

  /** The controller works out what it wants; `seconds` since it did so last. */
  const refer = (i: number, seconds: number) => {
    const set = settings[i]
    if (!set) return
    const ill = ward.ill[i] as Ailments
    sight.outdoor = set.outdoor ?? seenOutdoor(i, ill)
    sight.room = ill.roomBroken ? Number.NaN : (buildings.air[i] as number)
    sight.primaryReturn = sensors.heatingReturn[i] as number
    references.step(i, set, ill, sight, now + zone.offset(now) + set.clockOffset, seconds)
    heating.slow(i, references.heats[i] === 1, set.pumps?.heating ?? 0, ill)
  }

  const slow = (seconds: number) => {
    around = outside(now)
    plantSees[0] = (plantSees[0] as number) + (around.outdoor - (plantSees[0] as number)) * (1 - Math.exp(-seconds / 21_600))
    const { weekday, time } = dayTime(now + zone.offset(now))
    const since = now - (referred[0] as number)
    const refers = since >= (seconds * 1000 > slowMs ? referMs.long : referMs.short)
    if (refers) referred[0] = now
    for (let i = 0; i < size; i++) {
      const ill = ward.ill[i] as Ailments
      buildings.step(i, seconds, around, time / hour, weekday < 5)
      const outdoor = seenOutdoor(i, ill)
      lowest[i] = Math.min(lowest[i] as number, outdoor)
      highest[i] = Math.max(highest[i] as number, outdoor)
      if (refers) refer(i, since / 1000)
      const off = Math.abs((sensors.flow[i] as number) + ill.flowOffset - (references.heating[i] as number)) > deviation.kelvin
      away[i] = off && references.heats[i] === 1 ? Math.min(deviation.seconds, (away[i] as number) + seconds) : 0
      meters.latch(i)
    }
  }

  const stand = (i: number, likely: number, seconds: number) => {
    const set = settings[i]
    if (!set) return
    const ill = ward.ill[i] as Ailments
    const house = houses[i] as House
    const supply = network.stationSupply[i] as number
    const dp = network.stationDp[i] as number
    const seen = ill.flowBroken ? Number.NaN : (sensors.flow[i] as number) + ill.flowOffset
    const yields = set.heating.waterPriority === true && (water.opening[i] as number) > plenty
    heating.step(i, set, ill, yields ? set.heating.minFlow : (references.heating[i] as number), seen, supply, dp, seconds)
    water.step(i, ill, references.makesWater[i] === 1, set.pumps?.water === 1, references.water[i] as number, supply, dp, likely, seconds)
    const past = ill.bypass === 0 ? 0 : ill.bypass * house.primary * Math.sqrt(clamp((dp - 0.15) / 0.35, 0, 1))
    const m1 = heating.primary[i] as number
    const m2 = water.primary[i] as number
    const all = m1 + m2 + past
    flow[i] = all
    if (all > 1e-7) returned[i] = supply - ((heating.heat[i] as number) + (water.heat[i] as number)) / (all * heatCapacity)
    meters.step(i, ill, all, supply, returned[i] as number, seconds)
    sensors.step(
      i,
      (heating.secondary[i] as number) > 0,
      heating.flow[i] as number,
      m1,
      heating.primaryReturn[i] as number,
      water.flow[i] as number,
      water.primaryReturn[i] as number,
      returned[i] as number,
    )
  }

  clock[0] = referred[0] = now
  plantSees[0] = around.outdoor
  for (const [i, { seed }] of houses.entries()) {
    luck[i] = (Math.imul(seed + 1, 0x9e3779b1) >>> 0) | 1
    buildings.begin(i, around.outdoor)
    references.begin(i, around.outdoor)
    water.begin(i)
    sensors.begin(i)
    meters.begin(i)
    returned[i] = 35
    lowest[i] = highest[i] = around.outdoor
  }

  return {
    size,
    get now() {
      return now
    },
    get weather() {
      return around
    },
    network,
    plant: network.plant,
    state: (i) => stateOf(parts, i, now, seenOutdoor(i, ward.ill[i] as Ailments)),
    truth: (i) => truthOf(parts, i, around.outdoor),
    obey(i, set) {
      settings[i] = set
      heating.size(i, set)
      refer(i, 0)
    },
    step(seconds) {
      if (!(seconds > 0 && seconds <= longest)) throw new RangeError(`a step of ${seconds} s`)
      const before = Math.floor(now / slowMs)
      now += seconds * 1000
      clock[0] = now
      sensors.pace(seconds)
      const likely = habitAt(now + zone.offset(now))
      for (let i = 0; i < size; i++) stand(i, likely, seconds)
      network.step(seconds, flow, returned, supplyFor(plantSees[0] as number), around.ground)
      if (Math.floor(now / slowMs) !== before) slow(Math.max(slowMs / 1000, seconds))
    },
    hurt: (fault) => ward.hurt(fault),
    heal: (fault) => ward.heal(fault),
    save: () => memory.save(),
    load(saved) {
      memory.load(saved)
      now = clock[0] as number
      around = outside(now)
    },
  }
}
