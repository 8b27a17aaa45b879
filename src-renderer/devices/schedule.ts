import type { PointInfo } from '#shared/devices/contract.ts'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

export type ScheduleCell = { day: Weekday; period: number; edge: 'start' | 'stop' }

/** Which cell of a week program a point is, such as circuit1.schedule.monday.start1. Null for everything else. */
export function scheduleCell(id: string): ScheduleCell | null {
  const [, day, edge, period] = /\.(?:schedule|week)\.([a-z]+)\.(start|stop)(\d)$/.exec(id) ?? []
  const known = weekdays.find((one) => one === day)
  return known && (edge === 'start' || edge === 'stop') ? { day: known, edge, period: Number(period) } : null
}

export function isSchedule(id: string): boolean {
  return scheduleCell(id) !== null
}

type Clocked = Pick<PointInfo, 'text'>

/** Minutes since midnight. Controllers keep times of day as 630 for half past six, or as seconds. */
export function minutesOf({ text }: Clocked, value: number): number {
  return text === 'clock' ? Math.floor(value / 100) * 60 + (value % 100) : Math.round(value / 60)
}

export function valueOfMinutes({ text }: Clocked, minutes: number): number {
  return text === 'clock' ? Math.floor(minutes / 60) * 100 + (minutes % 60) : minutes * 60
}

export const dayMinutes = 24 * 60

/** 390 → 06:30; the end of the day is 24:00. */
export function clockText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** One period of a day in minutes; not used when it starts when it stops. */
export type Period = { start: number; stop: number }

/** What is wrong with the periods of a day, or null: each stops after it starts, and none begins before the one before has ended. */
export function dayFault(periods: readonly Period[]): 'backwards' | 'overlap' | null {
  const used = periods.filter(({ start, stop }) => start !== stop)
  if (used.some(({ start, stop }) => stop < start)) return 'backwards'
  return used.some(({ start }, i) => start < (used[i - 1]?.stop ?? 0)) ? 'overlap' : null
}

/** A register of a day with what it holds and what it shall hold, both in minutes. */
export type EdgeMove<P> = { point: P; from: number; to: number }

/**
 * The registers that change, in an order in which the day is never out of order in between: those that move later from the last
 * one on, then those that move earlier from the first one on. `edges` are in the order of the day.
 */
export function moves<P>(edges: readonly EdgeMove<P>[]): EdgeMove<P>[] {
  const later = edges.filter(({ from, to }) => to > from).reverse()
  return [...later, ...edges.filter(({ from, to }) => to < from)]
}
