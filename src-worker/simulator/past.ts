import { decode, place } from '#shared/devices/codec.ts'
import { emptyBatch, qualities, type ReadingBatch } from '#shared/reading.ts'
import type { Controller } from './image/controller.ts'
import { moved } from './image/moved.ts'

const quarterHour = 15 * 60_000

/**
 * What a driver would have read from the controller's measure and state points at each quarter hour in [from, to).
 * `series[i]` belongs to the i-th such point in profile order; points that are not served give no rows. Throws RangeError when
 * `series` does not fit the points.
 */
export function pastOf(controller: Controller, series: readonly number[], from: number, to: number): ReadingBatch {
  const points = controller.station.profile.points.filter(({ role }) => role === 'measure' || role === 'state')
  if (points.length !== series.length) throw new RangeError(`${series.length} series for ${points.length} points`)
  const columns = points.flatMap((point, i) => {
    const words = controller.wordsOf(point)
    return words ? [{ point, words, series: series[i] ?? 0, value: moved(point.id) }] : []
  })
  const first = Math.ceil(from / quarterHour)
  const slots = Math.max(0, Math.ceil(to / quarterHour) - first)
  const length = slots * columns.length
  const batch = emptyBatch(length)
  let row = 0
  for (let slot = first; slot < first + slots; slot++) {
    const at = slot * quarterHour
    const state = controller.stateAt(at)
    for (const { point, words, series: number, value } of columns) {
      if (value) place(point, value(state), words)
      const reading = decode(point, words)
      batch.series[row] = number
      batch.at[row] = at
      batch.value[row] = reading.value ?? Number.NaN
      batch.quality[row] = qualities.indexOf(reading.quality)
      row++
    }
  }
  return batch
}
