import type { Picture } from '#shared/simulator/picture.ts'
import type { Physics } from './physics/port.ts'

/** The town at the physics' present. */
export function pictureOf(physics: Physics, speed: number): Picture {
  const { network, plant, weather, size } = physics
  const { flow, supply, return: back, dp, leak } = network
  return {
    at: physics.now,
    speed,
    outdoor: weather.outdoor,
    sun: weather.sun,
    ground: weather.ground,
    plant: {
      power: plant.power,
      supply: plant.supply,
      wanted: plant.wanted,
      return: plant.return,
      flow: plant.flow,
      head: plant.head,
      pumpPower: plant.pumpPower,
      pumpRuns: plant.pumpRuns,
      makeUp: plant.makeUp,
      losses: plant.losses,
      lowest: plant.lowest,
    },
    pipes: Array.from(flow, (kilograms, i) => ({
      flow: kilograms,
      supply: supply[i] ?? 0,
      return: back[i] ?? 0,
      dp: dp[i] ?? 0,
      leak: leak[i] ?? 0,
    })),
    stations: Array.from({ length: size }, (_, i) => {
      const truth = physics.truth(i)
      return {
        power: truth.power,
        flow: truth.flow,
        supply: truth.supply,
        return: truth.return,
        dp: truth.dp,
        room: truth.room,
        heatingFlow: truth.heatingFlow,
        waterFlow: truth.waterFlow,
      }
    }),
  }
}
