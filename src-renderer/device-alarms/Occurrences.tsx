import { SegmentedControl, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../address.ts'
import { useDevice } from '../device-context.ts'
import { useCall, useNow } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { PriorityMark } from '../alarms/PriorityMark.tsx'
import { useAlarmWords } from '../alarms/words.ts'
import classes from './Device.module.css'

const weeks = ['1', '4', '12'] as const
const weekMs = 7 * 86_400_000
const most = 50

/** What came up on this device in the last weeks, also what came and went unseen. */
export function Occurrences() {
  const { t } = useTranslation()
  const device = useDevice()
  const tell = useFailureText()
  const format = useFormat()
  const words = useAlarmWords()
  const now = useNow()
  const [address, change] = useAddress()
  const chosen = weeks.find((count) => count === address['weeks']) ?? '4'
  // Whole minutes, so that it is not asked for anew each second.
  const to = Math.ceil(now / 60_000) * 60_000
  const { data, error, refetch } = useCall(
    'alarms.history',
    {
      device: device.id,
      from: Math.floor((to - Number(chosen) * weekMs) / 3_600_000) * 3_600_000,
      to: Math.ceil(to / 3_600_000) * 3_600_000,
      limit: most,
    },
    { keep: true },
  )
  return (
    <Panel
      title={t('alarms.device.past.title')}
      flush
      actions={
        <SegmentedControl
          size="xs"
          value={chosen}
          onChange={(value) => change({ weeks: value === '4' ? undefined : value })}
          data={weeks.map((value) => ({ value, label: t('alarms.device.past.weeks', { count: Number(value) }) }))}
          transitionDuration={0}
          aria-label={t('alarms.device.past.of')}
        />
      }
    >
      {error && !data && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Loading rows={3} height={28} />}
      {data?.rows.length === 0 && (
        <Text size="sm" c="dimmed" className={classes['note'] ?? ''}>
          {t('alarms.device.past.none')}
        </Text>
      )}
      {data && data.rows.length > 0 && (
        <ul className={classes['list']}>
          {data.rows.map((one) => (
            <li key={one.id} className={classes['row']}>
              <PriorityMark priority={one.priority} size={16} />
              <div className={classes['words']}>
                <Link to="/alarms" search={{ alarm: one.alarm }} className={classes['name']}>
                  {one.ruleName}
                </Link>
                <Text size="sm" c="dimmed">
                  {[words.about(one), words.number(one.value, one), one.hidden ? words.state(one.hidden) : ''].filter(Boolean).join(' · ')}
                </Text>
              </div>
              <div className={classes['when']}>
                <time>{format.dateTime(one.raisedAt)}</time>
                <Text size="sm" c="dimmed">
                  {one.clearedAt === null ? t('alarms.device.past.stands') : format.span(one.clearedAt - one.raisedAt)}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
      {data && data.total > data.rows.length && (
        <Text size="sm" c="dimmed" className={classes['note'] ?? ''}>
          {t('alarms.device.past.more', { count: data.total - data.rows.length })}
        </Text>
      )}
    </Panel>
  )
}
