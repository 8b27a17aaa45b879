import { Button, Table } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Outcome, Trial } from '#shared/alarms/trial-contract.ts'
import { useFormat } from '../../words.ts'
import { isSameChange, type Change } from './Suggestion.tsx'
import { useTrialWords } from './trial-words.ts'
import classes from './Trial.module.css'

type VariantTableProps = { trial: Trial; own: Change; present: Change | null; onTake: (change: Change) => void }

/** The rule as it is beside others with another deadband or delay. */
export function VariantTable({ trial, own, present, onTake }: VariantTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useTrialWords(trial.is)
  const hasBand = own.deadband !== null
  const row = (change: Change, outcome: Outcome, lost: number, isOwn: boolean) => (
    <Table.Tr key={`${change.deadband} ${change.onDelayS}`} data-own={isOwn || undefined} className={classes['variant'] ?? ''}>
      {hasBand && <Table.Td>{change.deadband === null ? '–' : words.deadband(change.deadband)}</Table.Td>}
      <Table.Td>{words.delay(change.onDelayS)}</Table.Td>
      <Table.Td ta="right">{format.number(outcome.occurrences)}</Table.Td>
      <Table.Td ta="right">{format.number(outcome.chattering)}</Table.Td>
      <Table.Td ta="right">{format.number(outcome.fleeting)}</Table.Td>
      <Table.Td ta="right">{format.number(outcome.perWeek, 1)}</Table.Td>
      <Table.Td ta="right">{isOwn ? '' : format.number(lost)}</Table.Td>
      <Table.Td>
        {isOwn ? (
          t('alarms.trial.variants.own')
        ) : isSameChange(change, present) ? (
          <IconCheck size={16} stroke={1.8} aria-label={t('alarms.trial.taken')} />
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onTake(change)}
            aria-label={t('alarms.trial.takeLabel', { what: words.change(change, own) })}
          >
            {t('alarms.trial.take')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
  return (
    <div className={classes['wide']}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {hasBand && <Table.Th>{t('alarms.trial.variants.deadband')}</Table.Th>}
            <Table.Th>{t('alarms.trial.variants.delay')}</Table.Th>
            <Table.Th ta="right">{t('alarms.trial.variants.times')}</Table.Th>
            <Table.Th ta="right">{t('alarms.trial.variants.chattering')}</Table.Th>
            <Table.Th ta="right">{t('alarms.trial.variants.fleeting')}</Table.Th>
            <Table.Th ta="right">{t('alarms.trial.variants.week')}</Table.Th>
            <Table.Th ta="right" title={t('alarms.trial.variants.lostHint')}>
              {t('alarms.trial.variants.lost')}
            </Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {row(own, trial.now, 0, true)}
          {trial.variants.map(({ outcome, lost, ...change }) => row(change, outcome, lost, false))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
