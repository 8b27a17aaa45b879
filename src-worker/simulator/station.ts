import { heatingAt, type HeatingState } from './heating.ts'
import { waterAt, type WaterState } from './hot-water.ts'
import { meterAt, type MeterState } from './meter.ts'
import { clamp, wave } from './physics/noise.ts'
import type { Timeline } from './regimes.ts'
import type { Settings } from './image/settings.ts'
import type { Surroundings } from './surroundings.ts'
import type { Traits } from './traits.ts'

/** Everything that the station's sensors and outputs are at an instant. */
export type StationState = {
  settings: Settings
  outdoor: number
  lowest: number
  highest: number
  heating: HeatingState
  water: WaterState
  meter: MeterState
}

/** Depends on nothing but its arguments: the same building, weather, settings and time give the same values. */
export function stationAt(traits: Traits, around: Surroundings, timeline: Timeline, at: number): StationState {
  const seen = timeline.findLast((entry) => entry.at <= at) ?? timeline[0]
  if (!seen) throw new Error('a station without settings')
  const { lowest, highest } = around.ledger.extremes(at)
  const flutter = 0.06 * wave(traits.seed + 20, at, 90_000) + 0.15 * wave(traits.seed + 21, at, 50 * 60_000)
  return {
    settings: seen.settings,
    outdoor: clamp(around.outdoor + traits.outdoorError + flutter, -45, 50),
    lowest: lowest + traits.outdoorError - 0.2,
    highest: highest + traits.outdoorError + 0.2,
    heating: heatingAt(traits, around, timeline, at),
    water: waterAt(traits, around, timeline, at),
    meter: meterAt(traits, around, timeline, at),
  }
}
