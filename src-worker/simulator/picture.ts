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
    plant: { ...plant },
    pipes: Array.from(flow, (kilograms, i) => ({
      flow: kilograms,
      supply: supply[i] ?? 0,
      return: back[i] ?? 0,
      dp: dp[i] ?? 0,
      leak: leak[i] ?? 0,
    })),
    stations: Array.from({ length: size }, (_, i) => {
      const { lost: _lost, ...seen } = physics.truth(i)
      return seen
    }),
  }
}
