export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export type ScheduleCell = { day: (typeof weekdays)[number]; period: number; edge: 'start' | 'stop' }

/** Which cell of a week program a point is, such as circuit1.schedule.monday.start1. Null for everything else. */
export function scheduleCell(id: string): ScheduleCell | null {
  const [, day, edge, period] = /\.schedule\.([a-z]+)\.(start|stop)(\d)$/.exec(id) ?? []
  const known = weekdays.find((one) => one === day)
  return known && (edge === 'start' || edge === 'stop') ? { day: known, edge, period: Number(period) } : null
}

export function isSchedule(id: string): boolean {
  return scheduleCell(id) !== null
}
