import { Button, Group, Progress, SegmentedControl, Text } from '@mantine/core'
import { IconHistory, IconPlayerStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addMonths, createCalendar } from '#shared/calendar.ts'
import type { RuleContent } from '#shared/alarms/rule.ts'
import { useAddress } from '../../address.ts'
import { useHost } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { useTrial } from './run.ts'
import { triedOf } from './tried-of.ts'
import { TrialResult } from './TrialResult.tsx'
import classes from './Trial.module.css'

type TrialPanelProps = {
  /** The rule as it is typed so far; null while it lacks something. */
  content: RuleContent | null
  /** `deadband` null: the rule has none. */
  onTake: (change: { deadband: number | null; onDelayS: number }) => void
}

const periods = { month: 1, quarter: 3, year: 12 } as const
const kinds = Object.keys(periods) as (keyof typeof periods)[]

/** Runs a rule over stored history before it is saved, and tells when it would have come up. */
export function TrialPanel({ content, onTake }: TrialPanelProps) {
  const { t } = useTranslation()
  const { now } = useHost()
  const { timeZone } = useFormat()
  const tell = useFailureText()
  const [address, change] = useAddress()
  const { running, part, ended, begin, stop } = useTrial()
  const period = kinds.find((kind) => kind === address['trial']) ?? 'quarter'
  const start = () => {
    if (!content) return
    const calendar = createCalendar(timeZone)
    const to = now()
    begin(content, calendar.startOf(addMonths(calendar.dateAt(to), -periods[period])), to)
  }
  const isChanged = ended !== null && (content === null || triedOf(ended.content) !== triedOf(content))
  return (
    <Panel title={t('alarms.trial.title')}>
      <div className={classes['panel']}>
        <Text size="sm" c="dimmed">
          {t('alarms.trial.hint')}
        </Text>
        <Group gap="sm">
          <SegmentedControl
            size="sm"
            value={period}
            disabled={running}
            onChange={(kind) => change({ trial: kind === 'quarter' ? undefined : kind })}
            data={kinds.map((value) => ({ value, label: t(`alarms.trial.period.${value}`) }))}
            transitionDuration={0}
            aria-label={t('alarms.trial.over')}
          />
          {running ? (
            <Button variant="default" leftSection={<IconPlayerStop size={16} stroke={1.7} />} onClick={stop}>
              {t('alarms.trial.stop')}
            </Button>
          ) : (
            <Button variant="default" leftSection={<IconHistory size={16} stroke={1.7} />} disabled={content === null} onClick={start}>
              {ended ? t('alarms.trial.again') : t('alarms.trial.run')}
            </Button>
          )}
        </Group>
        {content === null && (
          <Text size="sm" c="dimmed">
            {t('alarms.trial.incomplete')}
          </Text>
        )}
        {running && <Progress value={100 * part} aria-label={t('alarms.trial.progress')} />}
        {!running && ended !== null && ended.error !== null && <Failed told={tell(ended.error)} onRetry={start} />}
        {!running && ended?.trial && isChanged && (
          <Text size="sm" role="status" className={classes['changed'] ?? ''}>
            {t('alarms.trial.changed')}
          </Text>
        )}
        {!running && ended?.trial && <TrialResult trial={ended.trial} content={ended.content} taken={content} onTake={onTake} />}
      </div>
    </Panel>
  )
}
