import type { FigureName, GoalMark, KpiFigure } from './kpi-contract.ts'
import type { Priority } from './priority.ts'

export type Unit = 'count' | 'rate' | 'share' | 'duration'
type Row = { unit: Unit; goal: NonNullable<KpiFigure['goal']> | null; after: 'EEMUA 191' | 'ISA-18.2' | null }

const atMost = (value: number, act: number | null = null) => ({ is: 'atMost', value, act }) as const
const plain = (unit: Unit): Row => ({ unit, goal: null, after: null })

/** What each figure is counted in, how good is good, for one operator, and who says so. */
export const figureRows: Record<FigureName, Row> = {
  alarmCount: plain('count'),
  currentAlarmRate: { unit: 'rate', goal: atMost(10), after: 'EEMUA 191' },
  averageAlarmRate: { unit: 'rate', goal: atMost(1), after: 'EEMUA 191' },
  alarmsPerDay: { unit: 'rate', goal: atMost(150, 300), after: 'ISA-18.2' },
  maximumAlarmRate: { unit: 'rate', goal: atMost(10), after: 'ISA-18.2' },
  worstHour: { unit: 'count', goal: atMost(15), after: null },
  worstMinute: { unit: 'count', goal: atMost(2), after: null },
  busyShare: { unit: 'share', goal: atMost(0.01), after: 'ISA-18.2' },
  floodCount: plain('count'),
  longestFlood: plain('duration'),
  floodShare: { unit: 'share', goal: atMost(0.01), after: 'ISA-18.2' },
  stale: { unit: 'count', goal: { is: 'under', value: 5, act: null }, after: 'ISA-18.2' },
  chattering: { unit: 'count', goal: atMost(0), after: 'ISA-18.2' },
  fleeting: { unit: 'count', goal: atMost(0), after: 'ISA-18.2' },
  topTenShare: { unit: 'share', goal: atMost(0.05), after: 'ISA-18.2' },
  medianToAcknowledge: plain('duration'),
  longToAcknowledge: plain('duration'),
  neverAcknowledged: plain('count'),
  maximumActiveState: plain('duration'),
  maximumUnAck: plain('duration'),
  maximumReAlarmCount: plain('count'),
  shelved: plain('count'),
  outOfService: plain('count'),
  suppressed: plain('count'),
}

/** What OPC UA Part 9 calls a figure. */
export const part9Names: Partial<Record<FigureName, string>> = {
  alarmCount: 'AlarmCount',
  currentAlarmRate: 'CurrentAlarmRate',
  averageAlarmRate: 'AverageAlarmRate',
  maximumAlarmRate: 'MaximumAlarmRate',
  maximumActiveState: 'MaximumActiveState',
  maximumUnAck: 'MaximumUnAck',
  maximumReAlarmCount: 'MaximumReAlarmCount',
}

export function figureOf(name: FigureName, value: number | null): KpiFigure {
  const { goal } = figureRows[name]
  return { name, value, goal, met: goal && value !== null ? markOf(value, goal) : null }
}

function markOf(value: number, { is, value: goal, act }: NonNullable<KpiFigure['goal']>): GoalMark {
  if (is === 'under' ? value < goal : value <= goal) return 'met'
  return act !== null && value <= act ? 'near' : 'missed'
}

/** About so much of all alarms; `least` and `most` are what is still about it. */
export const spreadGoals: Record<Priority, { goal: number; least: number; most: number }> = {
  critical: { goal: 0.01, least: 0, most: 0.01 },
  high: { goal: 0.05, least: 0, most: 0.1 },
  medium: { goal: 0.15, least: 0, most: 0.2 },
  low: { goal: 0.8, least: 0.75, most: 1 },
}

export function spreadMark(priority: Priority, share: number | null): GoalMark | null {
  if (share === null) return null
  const { least, most } = spreadGoals[priority]
  return share >= least && share <= most ? 'met' : 'missed'
}
