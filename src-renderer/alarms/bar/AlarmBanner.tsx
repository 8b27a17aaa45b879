import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconVolumeOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useAction, useActor, useCall } from '../../host.ts'
import { useFailureText, useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmWords } from '../words.ts'
import { useSilence } from './use-sound.ts'
import classes from './AlarmBanner.module.css'

/** The newest alarm that nobody has acknowledged, on every page; and that changes are not on disk, when it is so. */
export function AlarmBanner() {
  const { t } = useTranslation()
  const { data } = useCall('alarms.summary', {})
  if (!data) return null
  return (
    <>
      {data.unsaved > 0 && (
        <div className={classes['strip']} data-kind="unsaved" role="alert">
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
          <span className={classes['words']}>
            <strong>{t('alarms.list.unsaved.title')}</strong> {t('alarms.list.unsaved.hint', { count: data.unsaved })}
          </span>
        </div>
      )}
      {data.newest && <Newest row={data.newest} />}
    </>
  )
}

function Newest({ row }: { row: AlarmRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const tell = useFailureText()
  const { may } = useActor()
  const { data } = useCall('alarms.summary', {})
  const { playing, silence } = useSilence(data)
  const acknowledge = useAction('alarms.acknowledge')
  const value = words.number(row.value ?? row.raisedValue, row)
  const refused = acknowledge.data?.skipped[0]
  return (
    <div className={classes['strip']} data-kind="alarm" data-alarm-banner={row.id} role="status">
      <PriorityMark priority={row.priority} state={row.state} size={18} />
      <Link to="/alarms" search={{ alarm: row.id }} className={classes['words']}>
        <strong>{row.ruleName}</strong> {[row.deviceName, words.about(row), value].filter(Boolean).join(' · ')}{' '}
        {row.raisedAt !== null && <span className={classes['quiet']}>{format.time(row.raisedAt)}</span>}
        {acknowledge.error && <span className={classes['failed']}>{tell(acknowledge.error).title}</span>}
        {refused && refused.id === row.id && <span className={classes['failed']}>{t(`alarms.list.why.${refused.why}`)}</span>}
      </Link>
      {playing !== null && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={silence}
          leftSection={<IconVolumeOff size={15} stroke={1.7} aria-hidden />}
          aria-label={t('alarms.list.sound.silence')}
          className={classes['act'] ?? ''}
        >
          <span className={classes['label']}>{t('alarms.list.sound.silence')}</span>
        </Button>
      )}
      {may('basic') && row.priority !== 'critical' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ ids: [row.id] })}
          leftSection={<IconCheck size={15} stroke={1.7} aria-hidden />}
          aria-label={t('alarms.list.act.acknowledge')}
          className={classes['act'] ?? ''}
        >
          <span className={classes['label']}>{t('alarms.list.act.acknowledge')}</span>
        </Button>
      )}
    </div>
  )
}
