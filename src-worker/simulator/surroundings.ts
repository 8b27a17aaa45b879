import type { LocalTime } from './physics/local-time.ts'
import type { Ledger } from './ledger.ts'
import { mean, type Weather } from './physics/weather.ts'

const hour = 3_600_000

/** What the town is like at one instant, the same for all its stations. Temperatures in °C. */
export type Surroundings = {
  zone: LocalTime
  ledger: Ledger
  outdoor: number
  /** Mean of two hours: what a controller's filter follows. */
  felt: number
  /** Mean of a day: what buildings and the summer cut-out follow. */
  lasting: number
}

export function surroundingsAt(weather: Weather, zone: LocalTime, ledger: Ledger, at: number): Surroundings {
  return { zone, ledger, outdoor: weather(at), felt: mean(weather, at, 2 * hour, 4), lasting: mean(weather, at, 24 * hour, 8) }
}
