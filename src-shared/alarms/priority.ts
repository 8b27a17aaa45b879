/** From consequence and time to respond, most urgent first (EEMUA 191). */
export const priorities = ['critical', 'high', 'medium', 'low'] as const
export type Priority = (typeof priorities)[number]

/** Negative when `a` is the more urgent one. */
export const comparePriority = (a: Priority, b: Priority): number => priorities.indexOf(a) - priorities.indexOf(b)

/** One step more urgent. */
export const moreUrgent = (priority: Priority): Priority => priorities[Math.max(0, priorities.indexOf(priority) - 1)] ?? 'critical'
