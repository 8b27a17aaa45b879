import { IconHandStop } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import classes from './Overrides.module.css'

/** How many outputs are forced and controllers in manual mode now; nothing when there are none. */
export function OverridesBadge() {
  const { t } = useTranslation()
  const { data } = useCall('overrides.list', {}, { every: 30_000 })
  const count = data?.filter(({ kind }) => kind !== 'mode').length ?? 0
  if (count === 0) return null
  const label = t('overrides.badge', { count })
  return (
    <Link to="/overrides" className={classes['badge']} aria-label={label} title={label}>
      <IconHandStop size={18} stroke={1.8} aria-hidden />
      {count}
    </Link>
  )
}
