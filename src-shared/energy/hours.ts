import type { Buckets } from '../history/port.ts'
import { isFaultCode } from './faults.ts'
import type { Range } from './limits.ts'
import { hourMs } from './register.ts'

/** One series by the hour, on a grid that all series of a check share; NaN where nothing was read. `count`: readings that count. */
export type Hours = { mean: Float64Array; min: Float64Array; max: Float64Array; last: Float64Array; count: Float64Array }

/** The beginnings of the hours (UTC ms) from the one of `from` on. `from` must be the beginning of an hour of the local calendar. */
export function gridOf(from: number, to: number): Float64Array {
  return Float64Array.from({ length: Math.max(0, Math.ceil((to - from) / hourMs)) }, (_, i) => from + i * hourMs)
}

/** Sums by the hour, laid on the grid. What lies outside of it is left out. */
export function hoursOf(sums: Buckets, grid: Float64Array): Hours {
  const empty = () => new Float64Array(grid.length).fill(Number.NaN)
  const hours: Hours = { mean: empty(), min: empty(), max: empty(), last: empty(), count: new Float64Array(grid.length) }
  const start = grid[0] ?? 0
  for (let row = 0; row < sums.at.length; row++) {
    const place = Math.round(((sums.at[row] as number) - start) / hourMs)
    if (place < 0 || place >= grid.length) continue
    for (const name of ['mean', 'min', 'max', 'last'] as const) hours[name][place] = sums[name][row] as number
    hours.count[place] = (sums.count[row] as number) - (sums.absent[row] as number)
  }
  return hours
}

/** What a register went up by from the end of the hour before to the end of each hour; NaN where one of them is not known. */
export function stepsOf({ last }: Hours): Float64Array {
  return last.map((value, i) => (i === 0 ? Number.NaN : value - (last[i - 1] as number)))
}

/** Hours of a sensor in which it showed something that it cannot measure count as not read. */
export function sound<H extends Hours>(hours: H, range: Range | undefined): H {
  if (!range) return hours
  const good = (value: number) => value >= range.min && value <= range.max && !isFaultCode(value, range)
  const broken = (row: number) => !good(hours.min[row] as number) || !good(hours.max[row] as number)
  const clean = (column: Float64Array) => column.map((value, row) => (broken(row) ? Number.NaN : value))
  return { ...hours, mean: clean(hours.mean), min: clean(hours.min), max: clean(hours.max), last: clean(hours.last) }
}
