import { IconClockExclamation, IconClockPause } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { priorities } from '#shared/alarms/priority.ts'
import type { AlarmState } from '#shared/alarms/state.ts'
import { useCall, useNow } from '../host.ts'
import { useFormat } from '../words.ts'
import { PriorityMark } from '../alarms/PriorityMark.tsx'
import classes from './Summary.module.css'

/**
 * How many alarms stand by priority: not acknowledged, acknowledged, gone without being seen; how many are shelved, and since when the oldest
 * waits. Each count leads to its part of the list. Nothing while all is calm, unless `always`.
 */
export function AlarmSummary({ always }: { always?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { data } = useCall('alarms.summary', {}, { every: 15_000 })
  if (!data) return null
  const stand = data.priorities.filter((one) => one.unacknowledged + one.acknowledged + one.returned > 0)
  if (!always && stand.length === 0 && data.shelved === 0) return null
  return (
    <section className={classes['summary']} aria-label={t('alarms.device.summary.label')}>
      {stand.length === 0 && <span className={classes['calm']}>{t('alarms.device.summary.none')}</span>}
      {priorities.flatMap((priority) => {
        const one = stand.find((row) => row.priority === priority)
        if (!one) return []
        const counts = [
          { name: 'unacknowledged', count: one.unacknowledged },
          { name: 'acknowledged', count: one.acknowledged },
          { name: 'returned', count: one.returned },
        ] as const
        const state: AlarmState = counts.find(({ count }) => count > 0)?.name ?? 'normal'
        const said = counts.flatMap(({ name, count }) => (count > 0 ? [t(`alarms.device.summary.${name}`, { count })] : []))
        return [
          <Link key={priority} to="/alarms" search={{ priority }} className={classes['part']} data-priority={priority}>
            <PriorityMark priority={priority} state={state} size={18} />
            <span>{said.join(' · ')}</span>
          </Link>,
        ]
      })}
      {data.shelved > 0 && (
        <Link to="/alarms" search={{ view: 'shelved' }} className={classes['part']} data-shelved={data.shelved}>
          <IconClockPause size={17} stroke={1.6} aria-hidden />
          <span>{t('alarms.device.summary.shelved', { count: data.shelved })}</span>
        </Link>
      )}
      {data.oldestUnacknowledged !== null && (
        <span className={classes['oldest']}>
          <IconClockExclamation size={17} stroke={1.6} aria-hidden />
          {t('alarms.device.summary.oldest', { span: format.span(now - data.oldestUnacknowledged) })}
        </span>
      )}
    </section>
  )
}
