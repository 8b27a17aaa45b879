import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './PointName.module.css'

/** The name of a point, with a quiet sign where its register has not been seen on a real device. */
export function PointName({ name, unverified }: { name: string; unverified: boolean }) {
  const { t } = useTranslation()
  if (!unverified) return name
  return (
    <span>
      {name}{' '}
      <span title={t('point.unverifiedHint')} className={classes['sign']}>
        <IconInfoCircle size={13} stroke={1.7} role="img" aria-label={t('point.unverified')} />
      </span>
    </span>
  )
}
