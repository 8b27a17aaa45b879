import { wave } from './physics/noise.ts'
import { begin } from './ledger.ts'
import { habitAt } from './physics/habit.ts'
import type { Timeline } from './regimes.ts'
import type { Settings } from './image/settings.ts'
import type { Surroundings } from './surroundings.ts'
import type { Traits } from './traits.ts'

// kWh that a cubic metre of water carries for each K.
const heatOfWater = 1.163
// kW per flat: heat loss for each K below the temperature where the sun and people are enough, and hot water on average.
const lossPerFlat = 0.11
const waterPerFlat = 0.32
const heatingEnds = 17

/** The heat meter on the primary side: kW, m³/h, °C, kWh, m³. */
export type MeterState = { power: number; flow: number; flowTemperature: number; returnTemperature: number; energy: number; volume: number }

/** Power and what it has added up to agree at every instant, through all settings of the timeline. */
export function meterAt(traits: Traits, around: Surroundings, timeline: Timeline, at: number): MeterState {
  const { flats, seed } = traits
  let heat = 0
  let power = 0
  for (const [i, { at: since, settings }] of timeline.entries()) {
    const until = timeline[i + 1]?.at ?? Infinity
    if (since > at) break
    const share = shareOf(settings)
    const base = Math.min(heatingEnds, settings.heating.cutOut ?? heatingEnds)
    const end = around.ledger.cold(base, Math.min(until, at))
    const start = since === -Infinity ? 0 : around.ledger.cold(base, since).sum
    heat += share * (end.sum - start)
    power = share * end.now
  }
  const { standardOffset } = around.zone
  const water = habitAt(Math.max(at, begin) + standardOffset)
  const hours = water.hours - habitAt(begin + standardOffset).hours
  const used = flats * (lossPerFlat * heat + waterPerFlat * hours)
  const kilowatts = at < begin ? 0 : flats * (lossPerFlat * power + waterPerFlat * water.now)
  const energy = 1_000 + (seed % 977) * 31 + used
  const flowTemperature = supplyAt(around) + 0.4 * wave(seed + 80, at, 25 * 60_000)
  return {
    power: kilowatts,
    flow: kilowatts / (heatOfWater * traits.cooling),
    flowTemperature,
    returnTemperature: flowTemperature - traits.cooling,
    energy,
    volume: energy / (heatOfWater * traits.cooling),
  }
}

/** What a station takes of the heat that its building loses at 19 °C inside; 7 % more for each K of warmer rooms. */
function shareOf({ manual, heating: { mode, stopped, comfort, setback } }: Settings): number {
  if (stopped || manual || mode === 0 || mode === 4) return 0
  const wanted = mode === 2 ? comfort : mode === 3 ? setback : 0.7 * comfort + 0.3 * setback
  return Math.max(0, 1 + 0.07 * (wanted - 19))
}

/** The network's supply temperature: 68 °C, rising in the cold. */
function supplyAt({ lasting }: Surroundings): number {
  return 68 + Math.min(Math.max(0, 8 - lasting) * 0.8, 22)
}
