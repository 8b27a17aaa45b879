import { useTranslation } from 'react-i18next'
import type { AlarmKpi } from '#shared/alarms/kpi-contract.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { MetMark } from './MetMark.tsx'
import { useKpiWords } from './kpi-words.ts'
import classes from './Kpi.module.css'

/** How the alarms spread over the priorities; a line in each bar says how they should. */
export function SpreadList({ spread }: { spread: AlarmKpi['spread'] }) {
  const { t } = useTranslation()
  const words = useKpiWords()
  return (
    <ul className={classes['spread']}>
      {spread.map(({ priority, count, share, goal, met }) => (
        <li key={priority} className={classes['part']} data-priority={priority}>
          <PriorityMark priority={priority} hidden />
          <span className={classes['priority']}>{words.priority(priority)}</span>
          <span className={classes['number']}>{share === null ? '–' : words.percent(share)}</span>
          <span>{met && <MetMark met={met} />}</span>
          <span className={classes['track']} aria-hidden>
            <span className={classes['filled']} style={{ width: `${(share ?? 0) * 100}%` }} />
            <span className={classes['wanted']} style={{ left: `${goal * 100}%` }} />
          </span>
          <span className={classes['quiet']}>{t('alarms.kpi.spread.goal', { count, goal: words.percent(goal) })}</span>
        </li>
      ))}
    </ul>
  )
}
