import type { PumpOrder, Settings } from '../image/settings.ts'
import { pulse, settle } from './actuator.ts'
import type { Ailments } from './ailments.ts'
import type { Buildings } from './building.ts'
import { heatCapacity } from './water.ts'
import { effectiveness, opening, transferAt } from './exchanger.ts'
import { designOutdoor, designRoom, type House } from './house.ts'
import { curveOf, flowFor, roomShift } from './heat-curve.ts'
import type { Memory } from './memory.ts'
import { clamp } from './noise.ts'

/** Heat stored in a circuit's water and iron for each W of design heat, J/K; screed holds more. */
const stored = { radiators: 30, floor: 120 }
/** bar that the differential-pressure controller holds at the valve, and what pipes and exchanger take. */
const heldDp = 0.35
const lostDp = 0.15
const slowest = 15

export type Heating = {
  /** °C of the flow and of the primary return, kg/s, W, position 0…1. */
  readonly flow: Float64Array
  readonly primaryReturn: Float64Array
  readonly primary: Float64Array
  readonly heat: Float64Array
  readonly position: Float64Array
  readonly secondary: Float64Array
  /** Last movement of the motor, part of its travel. */
  readonly moved: Float64Array
  /** Builds radiators for the curve that the controller was set up with. */
  size(house: number, settings: Settings): void
  /** What changes slowly: thermostats and the secondary flow. */
  slow(house: number, heats: boolean, pump: PumpOrder, ill: Ailments): void
  step(house: number, settings: Settings, ill: Ailments, reference: number, seen: number, supply: number, dp: number, seconds: number): void
  /** J held by the water, from 0 °C. */
  held(house: number): number
  hold(house: number, shift: number): void
  release(house: number): void
}

/** Primary valve behind a dp controller, exchanger, radiators in two cells with thermostats. Heat is neither made nor lost in it. */
export function createHeating(houses: readonly House[], buildings: Buildings, memory: Memory): Heating {
  const column = () => memory.column(houses.length)
  const flow = column()
  const primaryReturn = column()
  const primary = column()
  const heat = column()
  const position = column()
  const secondary = column()
  const moved = column()
  const first = column()
  const second = column()
  /** Error of the last step, K; how far the swing of a hunting valve is in long steps, rad. */
  const before = column()
  const swing = column()
  const heldAt = column()
  const nominal = column()
  const thermostat = column()
  const films = column()
  const sized = column()

  const capacity = ({ design, floorHeating }: House) => design * (floorHeating ? stored.floor : stored.radiators)
  const emitted = (house: House, i: number, water: number) => {
    const excess = water - (buildings.air[i] as number)
    if (excess <= 0) return 0
    return house.floorHeating ? (nominal[i] as number) * 0.5 * (excess / 12) ** 1.1 : (nominal[i] as number) * 0.5 * (excess / 35) ** 1.3
  }

  return {
    flow,
    primaryReturn,
    primary,
    heat,
    position,
    secondary,
    moved,
    size(i, { heating }) {
      if (sized[i] === 1) return
      const house = houses[i] as House
      sized[i] = 1
      const warm = flowFor(curveOf(heating.slope), designOutdoor) + roomShift(heating.comfort, heating.slope)
      const excess = Math.max(5, Math.min(warm, heating.maxFlow) - (house.floorHeating ? 4 : 11) - designRoom)
      nominal[i] = (house.design * house.spare) / (house.floorHeating ? (excess / 12) ** 1.1 : (excess / 35) ** 1.3)
      thermostat[i] = house.thermostat + clamp(heating.comfort - 20, -3, 3)
      position[i] = 0.5
      flow[i] = first[i] = second[i] = 35
      primaryReturn[i] = 35
    },
    slow(i, heats, pump, ill) {
      const house = houses[i] as House
      const lift = clamp(((thermostat[i] as number) + 1 - (buildings.air[i] as number)) / 2, 0.08, 1)
      const runs = heats || pump === 2 ? (ill.free ? 1 : lift) * ill.secondary : 0
      // Water still moves a little by its weight when the pump has stopped.
      secondary[i] = house.secondary * (ill.pumpStopped || pump === 1 ? Math.min(runs, 0.005) : runs)
      films[i] = ((secondary[i] as number) / house.secondary) ** 0.7
    },
    step(i, settings, ill, reference, seen, supply, dp, seconds) {
      const house = houses[i] as House
      const m2 = secondary[i] as number
      const cold = second[i] as number
      const error = reference - seen
      let place = position[i] as number
      if (m2 === 0) place = Math.max(0, place - seconds / settings.heating.control.runTime)
      else if (!Number.isFinite(seen)) moved[i] = 0
      else if (seconds <= slowest) place += pulse(settings.heating.control, ill.hunting, error, before[i] as number, seconds)
      else {
        const offset = seen - (flow[i] as number)
        swing[i] = ((swing[i] as number) + 2.1) % (2 * Math.PI)
        const off = ill.hunting > 1 ? 4 * Math.sin(swing[i]) : 0
        const needed = m2 * heatCapacity * (reference - offset + off - cold)
        place = settle(place, needed, heat[i] as number, error + off)
      }
      place = clamp(place, 0, 1)
      moved[i] = place - (position[i] as number)
      before[i] = Number.isFinite(error) ? error : 0
      position[i] = place
      const held = heldAt[i] as number
      const lift = opening(held > 0 ? held - 1 : place)
      const room = Math.min(heldDp, Math.max(0, dp - lostDp))
      const size = 1.3 * house.primary * (ill.hunting > 1 && seconds <= slowest ? 3 : 1)
      const m1 = Math.max(0, lift) * size * Math.sqrt(room / heldDp)
      let given = 0
      if (m1 > 1e-7 && m2 > 1e-7 && supply > cold) {
        const x1 = m1 / house.primary
        const transfer = transferAt(house.transfer * ill.transfer, x1, films[i] as number)
        const least = Math.min(m1, m2) * heatCapacity
        given = effectiveness(transfer / least, Math.min(m1, m2) / Math.max(m1, m2)) * least * (supply - cold)
      }
      heat[i] = given
      primary[i] = m1
      primaryReturn[i] = m1 > 1e-7 ? supply - given / (m1 * heatCapacity) : (primaryReturn[i] as number)
      const hot = m2 > 1e-7 ? cold + given / (m2 * heatCapacity) : (first[i] as number)
      flow[i] = hot
      const cell = capacity(house)
      const carried = m2 * heatCapacity * seconds
      const one = emitted(house, i, first[i] as number) * seconds
      const two = emitted(house, i, cold) * seconds
      const warm = first[i] as number
      first[i] = warm + (carried * (hot - warm) - one) / cell
      second[i] = cold + (carried * (warm - cold) - two) / cell
      buildings.heated[i] = (buildings.heated[i] as number) + one + two
    },
    held(i) {
      return capacity(houses[i] as House) * ((first[i] as number) + (second[i] as number))
    },
    hold(i, shift) {
      // Kept as position + 1, so that 0 means free.
      if (heldAt[i] === 0) heldAt[i] = 1 + clamp((position[i] as number) + shift, 0, 1)
    },
    release(i) {
      heldAt[i] = 0
    },
  }
}
