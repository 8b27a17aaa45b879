import type { Fault } from '#shared/simulator/faults.ts'
import type { PlantPicture, StationPicture } from '#shared/simulator/picture.ts'
import type { Building, Climate } from '#shared/simulator/scenario.ts'
import type { Settings } from '../image/settings.ts'
import type { NetworkPlan } from './network-plan.ts'
import type { NetworkView } from './network-view.ts'
import type { StationState } from './state.ts'

/** A house and its substation as the physics takes them. */
export type HousePlan = {
  name: string
  seed: number
  flats?: number | undefined
  zone?: string | undefined
  building?: Building | undefined
}

export type TownPlan = {
  climate: Climate
  houses: readonly HousePlan[]
  network: NetworkPlan
  /** Degrees north, for the sun; 56 when absent. */
  latitude?: number | undefined
  /** Simulated UTC ms at which it begins. */
  start: number
}

/**
 * A town that steps through time. The same plan, settings, faults and steps give the same numbers, bit for bit. One thread owns it; all
 * of a station's state changes in one step, so that whoever looks between steps sees one moment.
 */
export type Physics = {
  readonly size: number
  /** Simulated UTC ms of the last step. */
  readonly now: number
  /** °C, W/m², °C. */
  readonly weather: { outdoor: number; sun: number; ground: number }
  readonly network: NetworkView
  readonly plant: Readonly<PlantPicture>
  /** What a station's sensors, outputs and meter show. */
  state(station: number): StationState
  /** The truth beneath: kW, kg/s, °C, bar. */
  truth(station: number): HouseTruth
  /** Settings count from now on; the controller works out its references anew at once. */
  obey(station: number, settings: Settings): void
  /** One step; 5 s as a rule, 180 s for long pasts and never more. */
  step(seconds: number): void
  /** Begins or ends what a fault of place `physics` or `meter` does; others are none of its business. */
  hurt(fault: Fault): void
  heal(fault: Fault): void
  /** Only what time has made: plan, settings and faults are its owner's. `load` takes what `save` gave for the same plan. */
  save(): Uint8Array
  load(saved: Uint8Array): void
}

/** What the page of the town draws of a station, and the heat that its building loses, kW. */
export type HouseTruth = StationPicture & { lost: number }
