import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor } from '../host.ts'
import type { Screen } from '../screen.ts'
import { screens } from '../screens.ts'
import { HelpLink } from './HelpLink.tsx'
import classes from './PhoneBar.module.css'

/** The navigation of a phone, within reach of the thumb: what is looked at daily, and the rest behind one button. */
export function PhoneBar() {
  const { t } = useTranslation()
  const { may } = useActor()
  const { pathname } = useLocation()
  const mine = screens.filter((screen) => screen.menu && may(screen.role))
  const rest = mine.filter((screen) => !screen.daily)
  const inRest = pathname.startsWith('/help/') || rest.some(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
  return (
    <nav className={classes['bar']} aria-label={t('nav.label')}>
      {mine
        .filter((screen) => screen.daily)
        .map((screen) => (
          <ScreenLink key={screen.path} screen={screen} className={classes['item'] ?? ''} />
        ))}
      <Menu position="top-end" withinPortal shadow="md" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes['item']} data-active={inRest || undefined}>
            <IconDots size={20} stroke={1.6} aria-hidden />
            <span>{t('nav.more')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((screen) => (
            <Menu.Item key={screen.path} component="div" p={0}>
              <ScreenLink screen={screen} className={classes['entry'] ?? ''} />
            </Menu.Item>
          ))}
          <Menu.Item component="div" p={0}>
            <HelpLink className={classes['entry'] ?? ''} />
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}

function ScreenLink({ screen: { path, title, icon: Drawing }, className }: { screen: Screen; className: string }) {
  const { t } = useTranslation()
  return (
    <Link to={path} className={className} activeProps={{ 'data-active': true, 'aria-current': 'page' }}>
      <Drawing size={20} stroke={1.6} aria-hidden />
      <span>{t(title)}</span>
    </Link>
  )
}
