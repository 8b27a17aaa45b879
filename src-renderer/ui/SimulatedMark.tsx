import { IconFlask2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Says quietly that no real house stands behind a value. */
export function SimulatedMark() {
  const { t } = useTranslation()
  return (
    <span title={t('simulated')} style={{ display: 'inline-flex', flex: 'none', color: 'var(--hg-quiet)' }}>
      <IconFlask2 size={14} stroke={1.6} aria-label={t('simulated')} role="img" />
    </span>
  )
}
