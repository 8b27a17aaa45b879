import type { Climate } from '#shared/simulator/scenario.ts'
import type { LocalTime } from './local-time.ts'
import { clamp, wave } from './noise.ts'

const hour = 3_600_000
const day = 24 * hour
const year = 365.2425 * day
const warmestHour = 15

/** Outdoor temperature of the town at an instant (UTC ms), °C. */
export type Weather = (at: number) => number

/** Season, course of the day, fronts that last days, and gusts of a few hours; nothing else goes in but the climate and time. */
export function weather(climate: Climate, zone: LocalTime): Weather {
  const { seed } = climate
  return (at) => {
    const turn = (at - Date.UTC(2000, 0, 1) - (climate.coldestDay - 1) * day) / year
    // -1 on the coldest day, 1 half a year later.
    const warmth = -Math.cos(2 * Math.PI * turn)
    const sun = Math.cos((2 * Math.PI * (at + zone.standardOffset - warmestHour * hour)) / day)
    const clear = clearness(climate, at)
    const fronts = 1.15 * wave(seed + 2, at, 9 * day) + 0.6 * wave(seed + 3, at, 3.4 * day)
    const temperature =
      climate.mean +
      climate.yearSwing * warmth +
      climate.daySwing * (0.62 + 0.38 * warmth) * clear * sun +
      climate.fronts * (1 - 0.2 * warmth) * fronts +
      0.4 * wave(seed + 4, at, 3 * hour)
    return clamp(temperature, -39, 45)
  }
}

/** How clear the sky is: 0.1 (overcast) to 1. */
export function clearness({ seed }: Climate, at: number): number {
  return 0.55 + 0.45 * wave(seed + 1, at, 2.2 * day)
}
