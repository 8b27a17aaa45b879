import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor } from '../host.ts'
import { screens } from '../screens.ts'
import { HelpLink } from './HelpLink.tsx'
import classes from './PhoneBar.module.css'

/** The navigation of a phone, within reach of the thumb. */
export function PhoneBar() {
  const { t } = useTranslation()
  const { may } = useActor()
  return (
    <nav className={classes['bar']} aria-label={t('nav.label')}>
      {screens
        .filter((screen) => screen.menu && may(screen.role))
        .map(({ path, title, icon: Drawing }) => (
          <Link key={path} to={path} className={classes['item']} activeProps={{ 'data-active': true, 'aria-current': 'page' }}>
            <Drawing size={20} stroke={1.6} aria-hidden />
            <span>{t(title)}</span>
          </Link>
        ))}
      <HelpLink className={classes['item'] ?? ''} />
    </nav>
  )
}
