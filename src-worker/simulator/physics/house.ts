import type { BuildingKind } from '#shared/simulator/scenario.ts'
import { heatCapacity } from './water.ts'
import { chance } from './noise.ts'
import type { HousePlan } from './port.ts'

/** Outdoor temperature for which houses are built, °C, and that of their rooms. */
export const designOutdoor = -12
export const designRoom = 20
const areaOfFlat = 75

/** Share of the hot water of dwellings, and of heat from people and machines by day. */
const uses: Readonly<Record<BuildingKind, { water: number; gains: number; loss: number }>> = {
  dwelling: { water: 1, gains: 1, loss: 1 },
  school: { water: 0.12, gains: 1.6, loss: 1.1 },
  office: { water: 0.1, gains: 1.8, loss: 1 },
  care: { water: 1.2, gains: 1.2, loss: 0.95 },
  hall: { water: 0.4, gains: 0.6, loss: 1.2 },
  hotel: { water: 1.3, gains: 1.1, loss: 1 },
  bath: { water: 1.8, gains: 1, loss: 1.3 },
}

/** A house as it was built. Heat in W, conductances in W/K, capacities in J/K, flows in kg/s. */
export type House = {
  seed: number
  flats: number
  area: number
  kind: BuildingKind
  floorHeating: boolean
  tank: boolean
  /** Heat that it loses in design weather. */
  design: number
  ventilation: number
  inside: number
  outside: number
  air: number
  mass: number
  /** Design flow of the heating's secondary and primary side. */
  secondary: number
  primary: number
  /** Transfer of the heating exchanger in design flow. */
  transfer: number
  /** Greatest heat of the hot-water exchanger, and its primary flow. */
  water: number
  waterPrimary: number
  waterUse: number
  gains: number
  /** What thermostats are set to, °C. */
  thermostat: number
  /** Spare size of the radiators. */
  spare: number
  /** The outdoor sensor's own error, and what the sun adds to it at 800 W/m², K. */
  outdoorError: number
  outdoorSun: number
  /** Room where pipes and station stand, °C. */
  cellar: number
}

/** Buildings and substations as drawn by their seeds; sizes and their sources stand in docs/physics.md. */
export function houseOf({ seed, flats: told, building = {} }: HousePlan): House {
  const draw = (place: number) => chance(seed, 1_000_000 + place)
  const between = (place: number, low: number, high: number) => low + draw(place) * (high - low)
  const kind = building.kind ?? 'dwelling'
  const use = uses[kind]
  // Log-normal with median 9 and spread 0.9.
  const spread = Math.sqrt(-2 * Math.log(1 - draw(1))) * Math.cos(2 * Math.PI * draw(2))
  const flats = told ?? Math.min(120, Math.max(2, Math.round(9 * Math.exp(0.9 * spread))))
  const area = flats * areaOfFlat
  const loss = (building.heatLoss ?? between(3, 0.8, 1.8) * use.loss) * area
  const inside = 6 * area
  const envelope = 0.7 * loss
  const design = loss * (designRoom - designOutdoor)
  const floorHeating = building.floorHeating ?? false
  const primary = design / (heatCapacity * 40)
  const water = (25_000 + 9_000 * flats ** 0.75) * Math.max(0.4, Math.min(1.3, use.water))
  return {
    seed,
    flats,
    area,
    kind,
    floorHeating,
    tank: building.tank ?? false,
    design,
    ventilation: 0.3 * loss,
    inside,
    outside: 1 / (1 / envelope - 1 / inside),
    air: 25_000 * area,
    mass: between(4, 150_000, 400_000) * area,
    secondary: design / (heatCapacity * (floorHeating ? 8 : 30)),
    primary,
    transfer: (1.15 * design) / 8,
    water,
    waterPrimary: water / (heatCapacity * 30),
    waterUse: use.water,
    gains: use.gains,
    thermostat: between(5, 20, 21.5),
    spare: between(6, 1.3, 1.65),
    // Sum of three draws: nearly normal, 0.3 K.
    outdoorError: 0.6 * (draw(7) + draw(8) + draw(9) - 1.5),
    outdoorSun: draw(10) < 0.15 ? between(11, 1, 3) : 0,
    cellar: between(12, 14, 19),
  }
}

/** Primary flow that pipes are sized for, kg/s. */
export function designFlow(plan: HousePlan): number {
  const { primary, waterPrimary } = houseOf(plan)
  return primary + 0.3 * waterPrimary
}
