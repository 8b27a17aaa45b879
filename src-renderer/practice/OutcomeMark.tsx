import { IconCheck, IconCircleHalf2, IconInfoCircle, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Reports.module.css'

const marks = { found: IconCheck, half: IconCircleHalf2, missed: IconX, false: IconX, known: IconInfoCircle }

/** What came of a report or of a fault, as a sign with its word. */
export function OutcomeMark({ outcome }: { outcome: keyof typeof marks }) {
  const { t } = useTranslation()
  const Mark = marks[outcome]
  return (
    <span className={classes['mark']} data-outcome={outcome}>
      <Mark size={17} stroke={2} aria-hidden />
      {t(`practice.outcome.${outcome}`)}
    </span>
  )
}
