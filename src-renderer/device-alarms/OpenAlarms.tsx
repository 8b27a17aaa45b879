import { Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { comparePriority } from '#shared/alarms/priority.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useDevice } from '../device-context.ts'
import { useCall, useNow } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { PriorityMark } from '../alarms/PriorityMark.tsx'
import { StateMark } from '../alarms/StateMark.tsx'
import { useAlarmWords } from '../alarms/words.ts'
import classes from './Device.module.css'

/** The alarms of this device that somebody has to look at, the most urgent first; each leads to its response sheet. */
export function OpenAlarms() {
  const { t } = useTranslation()
  const device = useDevice()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.list', { view: 'open', device: device.id })
  const rows = data?.rows.toSorted((a, b) => comparePriority(a.priority, b.priority) || (b.raisedAt ?? 0) - (a.raisedAt ?? 0))
  return (
    <Panel
      title={t('alarms.device.open.title')}
      flush
      actions={
        <ButtonLink to="/alarms" search={{ device: device.id }} size="compact-sm" variant="default">
          {t('alarms.device.open.list')}
        </ButtonLink>
      }
    >
      {error && !rows && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!rows && !error && <Loading rows={2} height={28} />}
      {rows?.length === 0 && (
        <p className={classes['calm']}>
          <IconCircleCheck size={18} stroke={1.6} aria-hidden />
          {t('alarms.device.open.none')}
        </p>
      )}
      {rows && rows.length > 0 && (
        <ul className={classes['list']}>
          {rows.map((row) => (
            <OpenAlarm key={row.id} row={row} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function OpenAlarm({ row }: { row: AlarmRow }) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  const format = useFormat()
  const now = useNow()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [value, limit] = [words.number(row.value, row), words.number(row.limit, row)]
  return (
    <li className={classes['row']} data-alarm={row.id}>
      <PriorityMark priority={row.priority} state={row.state} />
      <div className={classes['words']}>
        <Link to="/alarms" search={{ alarm: row.id }} className={classes['name']}>
          {row.ruleName}
        </Link>
        <Text size="sm" c="dimmed">
          {[words.about(row), value === '' ? '' : limit === '' ? value : t('alarms.device.open.against', { value, limit })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      <StateMark state={row.state} {...(phone ? { short: true } : {})} />
      <span className={classes['age']}>{row.raisedAt === null ? '' : format.span(now - row.raisedAt)}</span>
    </li>
  )
}
