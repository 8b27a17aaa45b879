import { useMemo } from 'react'
import { Badge, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { comparePriority } from '#shared/alarms/priority.ts'
import { useDevice } from '../device-context.ts'
import { useCall, useNow } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { PriorityMark } from '../alarms/PriorityMark.tsx'
import { useAlarmWords } from '../alarms/words.ts'
import { rulesFor, type Looking } from './looks-at.ts'
import classes from './Device.module.css'

/** Which rules look at this device, and where it is held against something of its own. */
export function DeviceRules() {
  const { t } = useTranslation()
  const device = useDevice()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.rules', {})
  const found = useMemo(() => {
    const order = (a: Looking, b: Looking) => Number(a.lacking) - Number(b.lacking) || comparePriority(a.rule.priority, b.rule.priority)
    return data && rulesFor(data.rules, device).sort(order)
  }, [data, device])
  return (
    <Panel title={t('alarms.device.rules.title')} flush>
      {error && !found && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!found && !error && <Loading rows={3} height={28} />}
      {found?.length === 0 && (
        <Text size="sm" c="dimmed" className={classes['note'] ?? ''}>
          {t('alarms.device.rules.none')}
        </Text>
      )}
      {found && found.length > 0 && (
        <ul className={classes['list']}>
          {found.map((one) => (
            <RuleRow key={one.rule.id} looking={one} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function RuleRow({ looking: { rule, lacking, override } }: { looking: Looking }) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  const format = useFormat()
  const now = useNow()
  const own = override && (override.until === null || override.until > now) ? override : null
  const facts = [
    words.kind(rule.test.kind),
    lacking ? t('alarms.device.rules.lacking') : '',
    own?.reason ?? '',
    own?.until ? t('alarms.device.rules.until', { until: format.dateTime(own.until) }) : '',
  ]
  return (
    <li className={classes['row']} data-rule={rule.id}>
      <PriorityMark priority={rule.priority} size={16} />
      <div className={classes['words']}>
        <Link to="/alarms/rules" search={{ rule: rule.id }} className={classes['name']}>
          {rule.name}
        </Link>
        <Text size="sm" c="dimmed">
          {facts.filter(Boolean).join(' · ')}
        </Text>
      </div>
      {!rule.enabled && (
        <Badge variant="default" radius="sm" tt="none" flex="none">
          {t('alarms.device.rules.off')}
        </Badge>
      )}
      {own && (
        <Badge variant="default" radius="sm" tt="none" flex="none">
          {t(own.off ? 'alarms.device.rules.offHere' : 'alarms.device.rules.own')}
        </Badge>
      )}
    </li>
  )
}
