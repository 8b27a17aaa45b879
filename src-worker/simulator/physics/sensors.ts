import type { House } from './house.ts'
import type { Memory } from './memory.ts'

/** s: sensor in the flow behind exchanger and pocket, in the returns; pipes that stand cool to their cellar. */
const lags = { exchanger: 15, pocket: 20, returns: 25, standing: 2_700 }

/** What sensors would show without noise and faults, °C by house: temperatures of pipes, with the lags of pipe and pocket. */
export type Sensors = {
  readonly flow: Float64Array
  readonly heatingReturn: Float64Array
  readonly water: Float64Array
  readonly waterReturn: Float64Array
  readonly return: Float64Array
  begin(house: number): void
  /** Shares by which each lag is overcome in a step. */
  pace(seconds: number): void
  step(
    house: number,
    runs: boolean,
    flow: number,
    primary: number,
    heatingReturn: number,
    water: number,
    waterReturn: number,
    mixed: number,
  ): void
}

export function createSensors(houses: readonly House[], memory: Memory): Sensors {
  const column = () => memory.column(houses.length)
  const pipe = column()
  const flow = column()
  const heatingReturn = column()
  const water = column()
  const waterReturn = column()
  const mixed = column()
  let exchanger = 0
  let pocket = 0
  let returns = 0
  let standing = 0
  const follow = (of: Float64Array, i: number, to: number, share: number) => {
    of[i] = (of[i] as number) + (to - (of[i] as number)) * share
  }
  return {
    flow,
    heatingReturn,
    water,
    waterReturn,
    return: mixed,
    begin(i) {
      for (const one of [pipe, flow, heatingReturn, waterReturn, mixed]) one[i] = 35
      water[i] = 52
    },
    pace(seconds) {
      exchanger = 1 - Math.exp(-seconds / lags.exchanger)
      pocket = 1 - Math.exp(-seconds / lags.pocket)
      returns = 1 - Math.exp(-seconds / lags.returns)
      standing = 1 - Math.exp(-seconds / lags.standing)
    },
    step(i, runs, toFlow, primary, toHeatingReturn, toWater, toWaterReturn, toMixed) {
      const { cellar } = houses[i] as House
      follow(pipe, i, runs ? toFlow : cellar, runs ? exchanger : standing)
      follow(flow, i, pipe[i] as number, pocket)
      const moves = primary > 1e-5
      follow(heatingReturn, i, moves ? toHeatingReturn : cellar, moves ? returns : standing)
      follow(water, i, toWater, pocket)
      follow(waterReturn, i, toWaterReturn, returns)
      follow(mixed, i, toMixed, returns)
    },
  }
}
