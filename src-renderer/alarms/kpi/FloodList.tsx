import { useTranslation } from 'react-i18next'
import type { AlarmKpi } from '#shared/alarms/kpi-contract.ts'
import { useFormat } from '../../words.ts'
import classes from './Kpi.module.css'

/** Floods of the period, newest first, each with the alarm that it began with. */
export function FloodList({ floods, end }: { floods: AlarmKpi['floods']; end: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (floods.length === 0) return <p className={classes['none']}>{t('alarms.kpi.floods.none')}</p>
  return (
    <ul className={classes['sources']}>
      {floods.toReversed().map(({ from, to, count, firstOut }) => (
        <li key={from} className={classes['flood']}>
          <div className={classes['name']}>
            <div>{format.dateTime(from)}</div>
            {firstOut && (
              <div className={classes['quiet']}>
                {t('alarms.kpi.floods.first', { alarm: `${firstOut.ruleName} · ${firstOut.deviceName}` })}
              </div>
            )}
          </div>
          <div className={classes['fact']}>
            {t('alarms.kpi.count', { count })}
            <div className={classes['quiet']}>
              {to === null ? t('alarms.kpi.floods.lasts') : ''} {format.span((to ?? end) - from)}
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}
