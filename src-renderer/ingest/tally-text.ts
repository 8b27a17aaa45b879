import { useTranslation } from 'react-i18next'
import type { Tally } from '#shared/ingest/contract.ts'
import { useFormat } from '../words.ts'

const parts = ['stored', 'duplicates', 'conflicts', 'unmapped', 'notNumbers', 'noTime', 'badTime', 'future', 'old'] as const

/** What became of the values, without what did not happen. */
export function useTallyText(): (tally: Tally) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (tally) => {
    const told = parts.filter((part) => tally[part] > 0).map((part) => t(`ingest.tally.${part}`, { number: format.number(tally[part]) }))
    return told.length === 0 ? t('ingest.tally.nothing') : told.join(', ')
  }
}
