import type { Priority } from '#shared/alarms/priority.ts'

/** What happens when nobody acts, worst first. */
export const consequences = ['danger', 'damage', 'comfort', 'costs'] as const
export type Consequence = (typeof consequences)[number]

/** Within how many minutes somebody must act; the last one has no end. */
export const times = [
  { name: 'soon', upTo: 60 },
  { name: 'shift', upTo: 480 },
  { name: 'later', upTo: Number.POSITIVE_INFINITY },
] as const
export type TimeName = (typeof times)[number]['name']

/** Consequence × time to respond → priority (EEMUA 191). */
const matrix: Record<Consequence, Record<TimeName, Priority>> = {
  danger: { soon: 'critical', shift: 'high', later: 'high' },
  damage: { soon: 'critical', shift: 'high', later: 'medium' },
  comfort: { soon: 'high', shift: 'medium', later: 'low' },
  costs: { soon: 'medium', shift: 'low', later: 'low' },
}

export const proposed = (consequence: Consequence, time: TimeName): Priority => matrix[consequence][time]

/** The column of a time to respond, null when none is said. */
export const timeOf = (minutes: number | null): TimeName | null =>
  minutes === null || Number.isNaN(minutes) ? null : (times.find(({ upTo }) => minutes <= upTo)?.name ?? 'later')

/** Minutes that stand for a column when a person clicks it. */
export const usualMinutes: Record<TimeName, number> = { soon: 60, shift: 480, later: 1440 }
