import type { ReadingBatch } from '#shared/reading.ts'
import type { Plant } from './plant.ts'

const quarterHourMs = 15 * 60_000

/**
 * The last stored quarter hour of each device, from the newest stored sample of each series. Only measured points count:
 * state points are also stored when they change, which may fall on a quarter hour.
 */
export function lastSlots(plant: Plant, newest: ReadingBatch): ReadonlyMap<string, number> {
  const slots = new Map<string, number>()
  newest.series.forEach((series, i) => {
    const owner = plant.ownerOf(series)
    const at = newest.at[i] as number
    if (owner?.point.role !== 'measure' || owner.point.formula || at % quarterHourMs !== 0) return
    slots.set(owner.device.id, Math.max(at, slots.get(owner.device.id) ?? 0))
  })
  return slots
}
