import type { Station } from '#shared/simulator/port.ts'
import type { BuildingKind } from '#shared/simulator/scenario.ts'
import { chance } from '../physics/noise.ts'
import type { Week } from '../physics/week.ts'

/** When the people of a building want it warm, and hot water hot. */
export type Habits = { heating: Week; water: Week }

type Hours = readonly [earliest: number, latest: number]
type Day = { start: Hours; stop: Hours } | null

// Beginning and end of comfort in hours, on a workday and on a day of the weekend; null: nobody is there.
const days: Record<BuildingKind, { work: Day; weekend: Day }> = {
  dwelling: { work: { start: [4.5, 6], stop: [21, 23] }, weekend: { start: [6, 7.5], stop: [22, 23.5] } },
  school: { work: { start: [5, 6.5], stop: [15, 17] }, weekend: null },
  office: { work: { start: [5, 6.5], stop: [17, 18.5] }, weekend: null },
  care: { work: { start: [4, 5], stop: [22, 24] }, weekend: { start: [4, 5], stop: [22, 24] } },
  hall: { work: { start: [6, 7.5], stop: [21, 22.5] }, weekend: { start: [7, 8.5], stop: [20, 22] } },
  hotel: { work: { start: [4, 5], stop: [23, 24] }, weekend: { start: [4.5, 5.5], stop: [23.5, 24] } },
  bath: { work: { start: [4, 5.5], stop: [21, 22.5] }, weekend: { start: [5, 6.5], stop: [20, 22] } },
}

/** The week programs that a station of this seed and building is found with, on the half-hour grid of the controllers. */
export function habitsOf({ seed, building }: Pick<Station, 'seed' | 'building'>): Habits {
  const { work, weekend } = days[building?.kind ?? 'dwelling']
  const halfHour = (place: number, [from, to]: Hours) => Math.round((from + chance(seed, 1_000_000 + place) * (to - from)) * 2) * 30
  const day = (place: number, hours: Day): Week[number] =>
    hours ? [[halfHour(place, hours.start), halfHour(place + 1, hours.stop)] as const] : []
  const workday = day(1, work)
  const freeDay = day(3, weekend)
  const waterDay = [[halfHour(5, [4.5, 5.5]), halfHour(6, [22.5, 24])] as const]
  return {
    heating: [workday, workday, workday, workday, workday, freeDay, freeDay],
    water: Array.from({ length: 7 }, () => waterDay),
  }
}
