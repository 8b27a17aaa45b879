import type { Priority } from '#shared/alarms/priority.ts'
import { PriorityMark } from '../alarms/PriorityMark.tsx'

/** How urgent an alarm on a chart is, as large as a word. */
export function AlarmSign({ priority }: { priority: Priority }) {
  return <PriorityMark priority={priority} size={15} />
}
