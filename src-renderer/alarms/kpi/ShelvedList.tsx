import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import classes from './Kpi.module.css'

/** What is shelved or out of service now, by whom, until when and why. */
export function ShelvedList() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const shelved = useCall('alarms.list', { view: 'shelved' })
  const out = useCall('alarms.list', { view: 'outOfService' })
  const error = shelved.error ?? out.error
  if (error) return <Failed told={tell(error)} onRetry={() => void Promise.all([shelved.refetch(), out.refetch()])} />
  if (!shelved.data || !out.data) return <Loading rows={2} height={36} />
  const rows = [...shelved.data.rows, ...out.data.rows]
  if (rows.length === 0) return <p className={classes['none']}>{t('alarms.kpi.shelved.none')}</p>
  return (
    <ul className={classes['sources']}>
      {rows.map(({ id, priority, ruleName, deviceName, shelf, out: removed }) => {
        const act = removed ?? shelf
        const until = removed ? t('alarms.kpi.shelved.out') : shelf?.until ? format.dateTime(shelf.until) : t('alarms.kpi.shelved.clears')
        return (
          <li key={id} className={classes['source']} data-alarm={id}>
            <PriorityMark priority={priority} />
            <div className={classes['name']}>
              <Link to="/alarms" search={{ alarm: id }} className={classes['rule']}>
                {ruleName}
              </Link>
              <div className={classes['quiet']}>{deviceName}</div>
              {act && <div className={classes['quiet']}>{t('alarms.kpi.shelved.by', { name: act.by, reason: act.reason })}</div>}
            </div>
            <div className={classes['fact']}>{until}</div>
          </li>
        )
      })}
    </ul>
  )
}
