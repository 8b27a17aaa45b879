import type { Climate } from '#shared/simulator/scenario.ts'
import type { LocalTime } from './local-time.ts'
import { wave } from './noise.ts'
import { radiation } from './sun.ts'
import { clearness, weather } from './weather.ts'

const day = 24 * 3_600_000
/** Degrees north where none is told. */
const usualLatitude = 56

/** What is around the town at a moment: °C, W/m². */
export type Outside = { outdoor: number; sun: number; ground: number }

/** Ground at 1 m lags behind the year: 8 + 5 cos(2π (day - 240) / 365), as in heat networks of the north. */
function groundAt(at: number): number {
  return 8 + 5 * Math.cos((2 * Math.PI * (at / day - 240)) / 365.2425)
}

export function outsideOf(climate: Climate, zone: LocalTime, latitude = usualLatitude): (at: number) => Outside {
  const outdoor = weather(climate, zone)
  return (at) => ({
    outdoor: outdoor(at) + 0.2 * wave(climate.seed + 9, at, 20 * 60_000),
    sun: radiation(latitude, at + zone.standardOffset, clearness(climate, at)),
    ground: groundAt(at),
  })
}
