import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { minutesOf, scheduleCell, type ScheduleCell, type Weekday } from './schedule.ts'

export type WeekCell = ScheduleCell & { point: PointInfo; minutes: number | null }

/** The cells of a week program with the minutes that they hold; null where nothing was read. */
export function weekCells(points: readonly PointInfo[], readings: ReadonlyMap<number, Reading>): WeekCell[] {
  return points.flatMap((point) => {
    const cell = scheduleCell(point.id)
    if (!cell) return []
    const value = readings.get(point.series)?.value ?? null
    return [{ ...cell, point, minutes: value === null ? null : minutesOf(point, value) }]
  })
}

/** The cells of one day in the order of the day. */
export function dayCells(cells: readonly WeekCell[], day: Weekday): WeekCell[] {
  const rank = ({ period, edge }: WeekCell) => period * 2 + (edge === 'stop' ? 1 : 0)
  return cells.filter((cell) => cell.day === day).sort((a, b) => rank(a) - rank(b))
}
