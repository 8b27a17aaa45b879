import { Suspense, lazy } from 'react'
import { Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { ContactSummary } from './ContactSummary.tsx'
import { DeviceSearch } from './DeviceSearch.tsx'
import { Logo } from './Logo.tsx'
import classes from './TopBar.module.css'

// Menus are no part of the first picture.
const AlarmBadge = lazy(() => import('../alarms/bar/AlarmBadge.tsx').then((file) => ({ default: file.AlarmBadge })))
const DemoBadge = lazy(() => import('./DemoBadge.tsx').then((file) => ({ default: file.DemoBadge })))
const OverridesBadge = lazy(() => import('../overrides/OverridesBadge.tsx').then((file) => ({ default: file.OverridesBadge })))
const PracticeBadge = lazy(() => import('../practice/PracticeBadge.tsx').then((file) => ({ default: file.PracticeBadge })))
const UserMenu = lazy(() => import('./UserMenu.tsx').then((file) => ({ default: file.UserMenu })))

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
        <Suspense>
          <AlarmBadge />
        </Suspense>
        <Suspense>
          <DemoBadge />
        </Suspense>
        <Suspense>
          <PracticeBadge />
        </Suspense>
        <Suspense>
          <OverridesBadge />
        </Suspense>
        <ContactSummary devices={devices} />
        <Suspense fallback={<span className={classes['menu']} />}>
          <UserMenu />
        </Suspense>
      </Group>
    </div>
  )
}
