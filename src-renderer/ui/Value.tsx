import { IconClockRecord, IconHandStop, IconReplace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Face } from '../value-face.ts'
import classes from './Value.module.css'

const marks = { manual: IconHandStop, substituted: IconReplace, log: IconClockRecord }

type ValueProps = {
  face: Face
  /** Age in words, shown beside a stale value. */
  age: string | null
  /** The last change, drawn as a small arrow until the next reading. */
  moved?: 'up' | 'down' | null
  compact?: boolean
  /** An absent value is nothing unusual here. */
  quiet?: boolean
}

/** One value with its unit. Old values stand in a hatched frame, absent ones are a sign with its reason, never 0. */
export function Value({ face, age, moved, compact, quiet }: ValueProps) {
  const { t } = useTranslation()
  if (face.absent !== null) {
    const reason = t(`value.absent.${face.absent}`)
    return (
      <span className={classes['absent']} data-absent={face.absent} data-quiet={quiet || undefined} title={reason}>
        <span aria-hidden>{face.absent === 'fault' ? '?' : '–'}</span>{' '}
        <span className={compact ? classes['hidden'] : classes['reason']}>{reason}</span>
      </span>
    )
  }
  const Mark = face.mark === null ? null : marks[face.mark]
  return (
    <span
      className={classes['value']}
      data-stale={face.stale || undefined}
      title={face.stale && age !== null ? t('value.stale', { age }) : undefined}
    >
      {moved && (
        <span className={classes['moved']} aria-hidden>
          {moved === 'up' ? '▴' : '▾'}
        </span>
      )}
      <span className={classes['number']} data-number>
        {face.text}
      </span>{' '}
      {face.unit !== '' && <span className={classes['unit']}>{face.unit}</span>}
      {Mark && face.mark !== null && <Mark size={14} stroke={1.6} aria-label={t(`value.mark.${face.mark}`)} />}{' '}
      {face.stale && age !== null && <span className={classes['age']}>{age}</span>}
    </span>
  )
}
