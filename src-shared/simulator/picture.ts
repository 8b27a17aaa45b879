/** The town at one moment: what a page draws. Arrays are in the order of the scenario; temperatures °C. NaN never crosses: null. */
export type Picture = {
  /** Simulated UTC ms. */
  at: number
  speed: number
  outdoor: number
  /** Global radiation on a level plane, W/m². */
  sun: number
  ground: number
  plant: PlantPicture
  /** Each pipe belongs to the node at its far end; kg/s, °C at its far end, bar between supply and return there. */
  pipes: { flow: number; supply: number; return: number; dp: number; leak: number }[]
  stations: StationPicture[]
}

export type PlantPicture = {
  /** Heat given to the network, kW. */
  power: number
  supply: number
  /** What the supply shall be. */
  wanted: number
  return: number
  /** kg/s. */
  flow: number
  /** Difference of pressure that the pumps make, bar. */
  head: number
  /** Electric power of the pumps, kW. */
  pumpPower: number
  pumpRuns: boolean
  /** Water that has to be made up, kg/s. */
  makeUp: number
  /** Heat lost by all pipes, kW. */
  losses: number
  /** Difference of pressure at the station that has least, bar. */
  lowest: number
}

export type StationPicture = {
  /** Heat taken from the network, kW. */
  power: number
  /** Primary flow, kg/s. */
  flow: number
  supply: number
  /** Primary return, as mixed by heating and hot water. */
  return: number
  dp: number
  room: number
  heatingFlow: number
  waterFlow: number
}
