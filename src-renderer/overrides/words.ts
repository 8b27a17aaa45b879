import { useTranslation } from 'react-i18next'
import type { Lease, Override } from '#shared/overrides/contract.ts'
import { usePointNames } from '../point-names.ts'
import { valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'

/** Names of points and of their values as they are read aloud. */
export function useOverrideWords() {
  const { t } = useTranslation()
  const names = usePointNames()
  const named = useLookup('values')
  const format = useFormat()
  const value = (point: Override['point'], number: number): string => {
    const { text, unit } = valueText(point, number, format, { off: t('value.off'), name: named })
    return unit === '' ? text : `${text}\u00a0${unit}`
  }
  return {
    value,
    point: (point: Override['point']) => names.full(point),
    who: ({ by }: Override) => by ?? t('overrides.atDevice'),
    leased: ({ point, value: number }: Lease) => (point ? value(point, number) : String(number)),
    fallback: ({ point, fallback }: Lease) => (point ? value(point, fallback) : String(fallback)),
  }
}
