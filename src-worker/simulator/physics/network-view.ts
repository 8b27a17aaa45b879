import type { PlantPicture } from '#shared/simulator/picture.ts'

/** Pipes of a network at the present, in the order of the plan; kg/s, °C at the far end, bar between supply and return there. */
export type NetworkView = {
  readonly flow: Float64Array
  readonly supply: Float64Array
  readonly return: Float64Array
  readonly dp: Float64Array
  /** Water lost at the node, kg/s. */
  readonly leak: Float64Array
}

/** Water, heat and pressure of the network and its plant. Station arrays are in the order of the plan. */
export type Network = NetworkView & {
  /** What reaches each station after its service pipe: °C, bar. */
  readonly stationSupply: Float64Array
  readonly stationDp: Float64Array
  readonly plant: Readonly<PlantPicture>
  /**
   * One step of `seconds`. `flow`: primary flow that each station's valves let through, kg/s; `returned`: its temperature, °C. `wanted`:
   * supply temperature that the plant shall give, °C; `ground`: °C.
   */
  step(seconds: number, flow: Float64Array, returned: Float64Array, wanted: number, ground: number): void
  /** Heat in all water above 0 °C, kWh. */
  stored(): number
  /** Of the last step, kW: what stations took, and what leaks carried away beyond the warmth of the water made up for them. */
  readonly taken: number
  readonly leaked: number
  /** Faults of network and plant; what they are now is not part of `memory`. */
  setLeak(node: number, flow: number): void
  setPumpTripped(tripped: boolean): void
  setSupplyDrop(kelvin: number): void
  /** Every array that remembers, to be saved and loaded in this order. */
  readonly memory: readonly Float64Array[]
}
