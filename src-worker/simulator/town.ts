import type { Station } from '#shared/simulator/port.ts'
import type { Climate } from '#shared/simulator/scenario.ts'
import { indexOf, layOut, type Image, type Index } from './bank.ts'
import { Controller } from './controller.ts'
import { ledgerOf } from './ledger.ts'
import { localTime } from './local-time.ts'
import { surroundingsAt, type Surroundings } from './surroundings.ts'
import { weather } from './weather.ts'

/** What the stations of a town have in common. */
export type Town = {
  surroundings(at: number): Surroundings
  /** A controller as its station describes it; those with the same profile share one image of its registers. */
  build(station: Station, clock: () => number): Controller
}

export function townOf(climate: Climate): Town {
  const zone = localTime(climate.timeZone)
  const outdoor = weather(climate, zone)
  const ledger = ledgerOf(outdoor)
  const laidOut = new Map<string, { image: Image; index: Index }>()
  let last: { at: number; found: Surroundings } | undefined
  const surroundings = (at: number) => {
    if (last?.at !== at) last = { at, found: surroundingsAt(outdoor, zone, ledger, at) }
    return last.found
  }
  return {
    surroundings,
    build(station, clock) {
      const { profile } = station
      const known = laidOut.get(profile.id) ?? { image: layOut(profile), index: indexOf(profile) }
      laidOut.set(profile.id, known)
      return new Controller(station, known.image, known.index, surroundings, clock)
    },
  }
}
