import { Text, Title } from '@mantine/core'
import { IconDatabaseOff, IconEyeOff, IconHistoryOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RuleContent } from '#shared/alarms/rule.ts'
import type { Trial } from '#shared/alarms/trial-contract.ts'
import { Empty } from '../../ui/Empty.tsx'
import { useFormat } from '../../words.ts'
import { Suggestion } from './Suggestion.tsx'
import { TrialPlaces } from './TrialPlaces.tsx'
import { VariantTable } from './VariantTable.tsx'
import classes from './Trial.module.css'

type TrialResultProps = {
  trial: Trial
  /** The rule as it was tried, and as it is now. */
  content: RuleContent
  taken: RuleContent | null
  onTake: (change: { deadband: number | null; onDelayS: number }) => void
}

/** What a rule would have done: in a sentence, with other deadbands and delays, and place by place. */
export function TrialResult({ trial, content, taken, onTake }: TrialResultProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { now } = trial
  if (trial.untried) return <Empty icon={IconHistoryOff} title={t('alarms.trial.untried.title')} hint={t('alarms.trial.untried.hint')} />
  if (trial.conditions === 0)
    return <Empty icon={IconEyeOff} title={t('alarms.trial.nowhere.title')} hint={t('alarms.trial.nowhere.hint')} />
  if (trial.samples === 0 || trial.covered === 0)
    return <Empty icon={IconDatabaseOff} title={t('alarms.trial.nothing.title')} hint={t('alarms.trial.nothing.hint')} />
  const told = [
    now.occurrences === 0
      ? t('alarms.trial.never')
      : t('alarms.trial.would', {
          times: t('alarms.trial.times', { count: now.occurrences }),
          devices: t('alarms.trial.devices', { count: now.devices }),
          perWeek: format.number(now.perWeek, now.perWeek < 10 ? 1 : 0),
        }),
    now.chattering > 0 ? t('alarms.trial.chattering', { count: now.chattering }) : '',
    now.fleeting > 0 ? t('alarms.trial.fleeting', { count: now.fleeting }) : '',
  ]
  const own = { deadband: 'deadband' in content.test ? content.test.deadband : null, onDelayS: content.onDelayS }
  const present = taken && { deadband: 'deadband' in taken.test ? taken.test.deadband : null, onDelayS: taken.onDelayS }
  return (
    <>
      <div role="status">
        <Text fw={600} data-trial={now.occurrences}>
          {told.filter(Boolean).join(' ')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('alarms.trial.span', {
            from: format.date(trial.from),
            to: format.date(trial.to),
            percent: format.number(Math.floor(trial.covered * 100)),
            took: format.milliseconds(trial.tookMs),
          })}
          {` ${content.test.kind === 'offline' ? t('alarms.trial.contact') : t('alarms.trial.slots')}`}
        </Text>
      </div>
      {trial.suggestion && <Suggestion trial={trial} suggestion={trial.suggestion} own={own} present={present} onTake={onTake} />}
      {trial.variants.length > 0 && now.occurrences > 0 && (
        <section className={classes['part']}>
          <Title order={3}>{t('alarms.trial.variants.title')}</Title>
          <VariantTable trial={trial} own={own} present={present} onTake={onTake} />
        </section>
      )}
      {trial.places.length > 0 && (
        <section className={classes['part']}>
          <Title order={3}>{t('alarms.trial.places.title')}</Title>
          <TrialPlaces trial={trial} kind={content.test.kind} />
        </section>
      )}
    </>
  )
}
