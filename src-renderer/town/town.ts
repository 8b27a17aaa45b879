import type { CallOutput } from '#shared/api.ts'

export type Town = CallOutput<'simulator.town'>
export type TownStation = Town['stations'][number]
export type Picture = CallOutput<'simulator.picture'>
export type StationNow = Picture['stations'][number]
export type PipeNow = Picture['pipes'][number]

/** Below this a station takes nothing, and its return is only the water that stands in it; kg/s. */
export const leastFlow = 0.002

/** Name and address; once where they are the same. */
export function nameOf({ name, place }: Pick<TownStation, 'name' | 'place'>): string {
  return place === '' || place === name ? name : `${name}, ${place}`
}
