import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useKpiWords } from './kpi-words.ts'
import classes from './Kpi.module.css'

/** What is shelved or out of service now, by whom, until when and why. */
export function ShelvedList() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = useKpiWords()
  const shelved = useCall('alarms.list', { view: 'shelved' })
  const out = useCall('alarms.list', { view: 'outOfService' })
  const error = shelved.error ?? out.error
  if (error) return <Failed told={tell(error)} onRetry={() => void Promise.all([shelved.refetch(), out.refetch()])} />
  if (!shelved.data || !out.data) return <Loading rows={2} height={36} />
  const rows = [...shelved.data.rows, ...out.data.rows]
  if (rows.length === 0) return <p className={classes['none']}>{t('alarms.kpi.shelved.none')}</p>
  return (
    <ul className={classes['sources']}>
      {rows.map((row) => (
        <li key={row.id} className={classes['source']} data-alarm={row.id}>
          <PriorityMark priority={row.priority} />
          <div className={classes['name']}>
            <Link to="/alarms" search={{ alarm: row.id }} className={classes['rule']}>
              {row.ruleName}
            </Link>
            <div className={classes['quiet']}>{row.deviceName}</div>
            <div className={classes['quiet']}>{words.reason(row)}</div>
          </div>
          <div className={classes['fact']}>{words.until(row)}</div>
        </li>
      ))}
    </ul>
  )
}
