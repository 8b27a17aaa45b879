import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { GoalMark } from '#shared/alarms/kpi-contract.ts'
import { useKpiWords } from './kpi-words.ts'
import classes from './Kpi.module.css'

const icons = { met: IconCircleCheck, near: IconAlertTriangle, missed: IconCircleX }

/** Whether a goal is met, told by shape and word. */
export function MetMark({ met }: { met: GoalMark }) {
  const words = useKpiWords()
  const Drawing = icons[met]
  return (
    <span className={classes['met']} data-met={met}>
      <Drawing size={16} stroke={1.8} aria-hidden />
      {words.mark(met)}
    </span>
  )
}
