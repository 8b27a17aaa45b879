import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import type { PointNames } from '../point-names.ts'
import { useFormat } from '../words.ts'
import classes from './ProfilePointRow.module.css'

type ProfilePointRowProps = { point: CallOutput<'profiles.get'>['points'][number]; names: PointNames }

/** One point of a device file: number, name, unit, and who may change it. */
export function ProfilePointRow({ point, names }: ProfilePointRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { write } = point
  const range =
    write && t('profiles.view.writable', { min: format.number(write.min, point.decimals), max: format.number(write.max, point.decimals) })
  return (
    <div className={classes['row']} data-point={point.id}>
      <span className={classes['number']}>{point.from ?? point.number}</span>
      <span className={classes['name']}>
        <span className={classes['text']}>{names.full(point)}</span>
        <span className={classes['quiet']}>{point.id}</span>
      </span>
      <span className={classes['range']}>
        {range !== null && (
          <>
            {range} {point.unit}
          </>
        )}
        {range === null && point.unit}
      </span>
      <span className={classes['quiet']}>{t(`profiles.choice.role.${point.role}`)}</span>
      {point.unverified && (
        <Badge color="gray" variant="outline" size="sm">
          {t('profiles.proof.unverified')}
        </Badge>
      )}
    </div>
  )
}
