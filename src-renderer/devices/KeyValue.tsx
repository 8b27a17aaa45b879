import { useTranslation } from 'react-i18next'
import { Value } from '../ui/Value.tsx'
import { face } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import type { KeyReading } from './key-readings.ts'
import classes from './KeyValue.module.css'

type KeyValueProps = {
  shown: KeyReading | undefined
  reference: KeyReading | undefined
  now: number
  /** An old value tells its age; false where the age stands beside it anyway. */
  aged?: boolean
}

/** One value of a list row, with what the controller aims at beside it. */
export function KeyValue({ shown, reference, now, aged = true }: KeyValueProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useLookup('values')
  if (!shown) return null
  const words = { off: t('value.off'), name }
  const own = face(shown.point, shown.reading, now, format, words)
  const aim = reference && face(reference.point, reference.reading, now, format, words)
  return (
    <span className={classes['pair']}>
      <Value face={own} age={own.age === null || !aged ? null : format.span(own.age)} compact />
      {aim && aim.text !== null && (
        <span className={classes['aim']} title={t('devices.reference')}>
          <span aria-label={t('devices.reference')}>→</span> {aim.text}
        </span>
      )}
    </span>
  )
}
