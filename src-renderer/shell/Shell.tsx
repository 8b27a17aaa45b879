import { Suspense, lazy } from 'react'
import { AppShell } from '@mantine/core'
import { useHotkeys, useLocalStorage } from '@mantine/hooks'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { helpFor } from '../screens.ts'
import { FormatContext, useHostFormat } from '../words.ts'
import { Banner } from './Banner.tsx'
import { Navigation } from './Navigation.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { TopBar } from './TopBar.tsx'
import classes from './Shell.module.css'

const DesktopNotices = lazy(() => import('../alarms/desktop/DesktopNotices.tsx').then((file) => ({ default: file.DesktopNotices })))
const AlarmBanner = lazy(() => import('../alarms/bar/AlarmBanner.tsx').then((file) => ({ default: file.AlarmBanner })))

/** The frame around every screen. */
export function Shell() {
  const { t } = useTranslation()
  const format = useHostFormat()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [narrow, setNarrow] = useLocalStorage({ key: 'hearthgrid.narrow', defaultValue: false, getInitialValueInEffect: false })
  const devices = useCall('devices.list', {})
  // Before the first device there is nowhere to navigate to.
  const firstRun = devices.data?.length === 0 && pathname === '/'
  useHotkeys([['F1', () => void navigate({ to: '/help/$page', params: { page: helpFor(pathname) } })]], [])
  return (
    <FormatContext value={format}>
      <a href="#screen" className={classes['skip']}>
        {t('skip')}
      </a>
      <AppShell
        header={{ height: 52 }}
        {...(firstRun ? {} : { navbar: { width: narrow ? 60 : 212, breakpoint: 'sm', collapsed: { mobile: true } } })}
        footer={{ height: firstRun ? 0 : { base: 58, sm: 0 } }}
        transitionDuration={0}
        padding={0}
      >
        <AppShell.Header className={classes['bar']}>
          <TopBar devices={devices.data ?? []} />
        </AppShell.Header>
        {!firstRun && (
          <AppShell.Navbar className={classes['bar']} visibleFrom="sm" aria-label={t('nav.label')}>
            <Navigation narrow={narrow} onNarrow={setNarrow} />
          </AppShell.Navbar>
        )}
        <AppShell.Main id="screen" tabIndex={-1} className={classes['main']}>
          <Banner />
          <Suspense>
            <AlarmBanner />
            <DesktopNotices />
          </Suspense>
          <div className={classes['screen']}>
            <Outlet />
          </div>
        </AppShell.Main>
        {!firstRun && (
          <AppShell.Footer hiddenFrom="sm" className={classes['bar']}>
            <PhoneBar />
          </AppShell.Footer>
        )}
      </AppShell>
    </FormatContext>
  )
}
