import { longestShelfMinutes, usualShelfMinutes } from '#shared/alarms/contract.ts'
import type { Priority } from '#shared/alarms/priority.ts'

const usual = [5, usualShelfMinutes, 30, 60, 2 * 60, 4 * 60, 8 * 60, 12 * 60, 24 * 60]

/** Minutes for which all of these may be shelved: as long as the most urgent of them allows. */
export function shelfTimes(priorities: readonly Priority[]): number[] {
  const longest = Math.min(...priorities.map((priority) => longestShelfMinutes[priority]))
  return usual.filter((minutes) => minutes <= longest)
}
