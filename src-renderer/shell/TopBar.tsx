import { Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { ContactSummary } from './ContactSummary.tsx'
import { DemoBadge } from './DemoBadge.tsx'
import { DeviceSearch } from './DeviceSearch.tsx'
import { Logo } from './Logo.tsx'
import { UserMenu } from './UserMenu.tsx'
import classes from './TopBar.module.css'

export function TopBar({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation()
  return (
    <div className={classes['top']}>
      <Link to="/" className={classes['brand']} aria-label={t('home')}>
        <Logo size={26} />
        <span className={classes['name']}>{t('product')}</span>
      </Link>
      <DeviceSearch devices={devices} />
      <Group gap="xs" wrap="nowrap" ml="auto">
        <DemoBadge />
        <ContactSummary devices={devices} />
        <UserMenu />
      </Group>
    </div>
  )
}
