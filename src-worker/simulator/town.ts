import type { Station } from '#shared/simulator/port.ts'
import type { Climate } from '#shared/simulator/scenario.ts'
import { Controller } from './image/controller.ts'
import { ledgerOf } from './ledger.ts'
import { localTime } from './physics/local-time.ts'
import { modelOf, type Model } from './image/model.ts'
import { surroundingsAt, type Surroundings } from './surroundings.ts'
import { weather } from './physics/weather.ts'

/** What the stations of a town have in common. */
export type Town = {
  surroundings(at: number): Surroundings
  /** A controller as its station describes it; those with the same profile share one model. */
  build(station: Station, clock: () => number): Controller
}

export function townOf(climate: Climate): Town {
  const zone = localTime(climate.timeZone)
  const outdoor = weather(climate, zone)
  const ledger = ledgerOf(outdoor)
  const models = new Map<string, Model>()
  let last: { at: number; found: Surroundings } | undefined
  const surroundings = (at: number) => {
    if (last?.at !== at) last = { at, found: surroundingsAt(outdoor, zone, ledger, at) }
    return last.found
  }
  return {
    surroundings,
    build(station, clock) {
      const { profile } = station
      const model = models.get(profile.id) ?? modelOf(profile)
      models.set(profile.id, model)
      return new Controller(station, model, surroundings, clock)
    },
  }
}
