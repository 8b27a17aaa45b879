import { Button, Group, Text } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Trial } from '#shared/alarms/trial-contract.ts'
import { useTrialWords } from './trial-words.ts'
import classes from './Trial.module.css'

export type Change = { deadband: number | null; onDelayS: number }
type SuggestionProps = {
  trial: Trial
  suggestion: Change
  /** Of the rule as it was tried, and as it is now. */
  own: Change
  present: Change | null
  onTake: (change: Change) => void
}

export const isSameChange = (a: Change, b: Change | null): boolean => a.deadband === b?.deadband && a.onDelayS === b.onDelayS

/** What would calm the rule, and the button that puts it in. */
export function Suggestion({ trial, suggestion, own, present, onTake }: SuggestionProps) {
  const { t } = useTranslation()
  const words = useTrialWords(trial.is)
  const outcome = trial.variants.find((variant) => isSameChange(variant, suggestion))?.outcome
  if (!outcome) return null
  return (
    <Group gap="sm" className={classes['better'] ?? ''} data-suggestion>
      <IconBulb size={20} stroke={1.6} aria-hidden />
      <Text className={classes['words'] ?? ''}>
        {t('alarms.trial.better', {
          what: words.change(suggestion, own),
          times: t('alarms.trial.times', { count: outcome.occurrences }),
        })}
      </Text>
      {isSameChange(suggestion, present) ? (
        <Text size="sm" c="dimmed">
          {t('alarms.trial.taken')}
        </Text>
      ) : (
        <Button size="xs" onClick={() => onTake(suggestion)}>
          {t('alarms.trial.take')}
        </Button>
      )}
    </Group>
  )
}
