import type { Order } from '../order.ts'
import { leastFlow, type Picture, type StationNow, type Town, type TownStation } from './town.ts'

export const sorts = ['name', 'zone', 'power', 'flow', 'supply', 'return', 'dp', 'room'] as const
export type Sort = (typeof sorts)[number]

export type TownRow = { index: number; station: TownStation; now: StationNow; zone: string; isStill: boolean }

/** The stations with their values, sorted; equal ones by name. A return where nothing flows comes last. */
export function rowsOf(town: Town, picture: Pick<Picture, 'stations'>, sort: Sort, order: Order): TownRow[] {
  const rows = town.stations.flatMap((station, index): TownRow[] => {
    const now = picture.stations[index]
    const zone = town.zones.find(({ id }) => id === station.zone)?.name ?? ''
    return now ? [{ index, station, now, zone, isStill: now.flow < leastFlow }] : []
  })
  const sign = order === 'ascending' ? 1 : -1
  const byName = (a: TownRow, b: TownRow) => a.station.name.localeCompare(b.station.name, undefined, { numeric: true })
  return rows.sort((a, b) => {
    if (sort === 'return' && a.isStill !== b.isStill) return a.isStill ? 1 : -1
    const difference =
      sort === 'name'
        ? byName(a, b)
        : sort === 'zone'
          ? a.zone.localeCompare(b.zone, undefined, { numeric: true })
          : a.now[sort] - b.now[sort]
    return difference * sign || byName(a, b)
  })
}
