import type { Station } from '#shared/simulator/port.ts'
import { chance } from './physics/noise.ts'
import type { Week } from './physics/week.ts'

/** What a station's building and plant are, and no setting can change. */
export type Traits = {
  seed: number
  flats: number
  /** The outdoor sensor's own error, K. */
  outdoorError: number
  /** Share of flow minus room that is left in the return: radiators large for their flow leave little. */
  returnShare: number
  /** Temperature of the room where the pipes stand, °C. */
  cellar: number
  /** Time in which the heating flow follows its reference, ms. */
  flowTauMs: number
  /** What the station takes out of the network's water, K. */
  cooling: number
  /** Return of the hot-water exchanger when nobody draws, °C. */
  idleReturn: number
  roomSensorBroken: boolean
  hunts: boolean
  heatingWeek: Week
  waterWeek: Week
}

const minute = 60_000

export function traitsOf(station: Pick<Station, 'seed' | 'flats' | 'character'>): Traits {
  const { seed, character } = station
  const draw = (place: number) => chance(seed, 1_000_000 + place)
  const between = (place: number, low: number, high: number) => low + draw(place) * (high - low)
  const halfHour = (place: number, from: number, to: number) => Math.round(between(place, from, to) * 2) * 30
  const workday = [[halfHour(1, 4.5, 6), halfHour(2, 21, 23)] as const]
  const weekend = [[halfHour(3, 6, 7.5), halfHour(4, 22, 23.5)] as const]
  const waterDay = [[halfHour(5, 4.5, 5.5), halfHour(6, 22.5, 24)] as const]
  return {
    seed,
    flats: station.flats ?? Math.round(6 * 12 ** draw(7)),
    outdoorError: between(8, -0.45, 0.45),
    returnShare: character === 'highReturn' ? 0.8 : between(9, 0.34, 0.47),
    cellar: between(10, 15, 20),
    flowTauMs: between(11, 3, 6) * minute,
    cooling: character === 'highReturn' ? 21 : between(13, 33, 40),
    idleReturn: between(12, 36, 43),
    roomSensorBroken: character === 'brokenRoomSensor',
    hunts: character === 'huntingValve',
    heatingWeek: [workday, workday, workday, workday, workday, weekend, weekend],
    waterWeek: Array.from({ length: 7 }, () => waterDay),
  }
}
