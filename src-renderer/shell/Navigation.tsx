import { UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, type Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../host.ts'
import { apiPage, screens } from '../screens.ts'
import { HelpLink } from './HelpLink.tsx'
import classes from './Navigation.module.css'

/** The way to every screen; narrow it shows the drawings alone. */
export function Navigation({ narrow, onNarrow }: { narrow: boolean; onNarrow: (narrow: boolean) => void }) {
  const { t } = useTranslation()
  const { may } = useActor()
  const Fold = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <div className={classes['nav']} data-narrow={narrow || undefined}>
      {screens
        .filter((screen) => screen.menu && may(screen.role))
        .map((screen) => (
          <Named key={screen.path} label={t(screen.title)} narrow={narrow}>
            <Link to={screen.path} className={classes['item']} activeProps={{ 'data-active': true, 'aria-current': 'page' }}>
              <Entry icon={screen.icon} label={t(screen.title)} />
            </Link>
          </Named>
        ))}
      <div className={classes['gap']} />
      <Named label={t(apiPage.title)} narrow={narrow}>
        <a href={apiPage.path} target="_blank" rel="noreferrer" className={classes['item']}>
          <Entry icon={apiPage.icon} label={t(apiPage.title)} />
        </a>
      </Named>
      <Named label={t('help.title')} narrow={narrow}>
        <HelpLink className={classes['item'] ?? ''} />
      </Named>
      <Named label={narrow ? t('nav.widen') : t('nav.fold')} narrow={narrow}>
        <UnstyledButton className={classes['item']} onClick={() => onNarrow(!narrow)} aria-expanded={!narrow}>
          <Entry icon={Fold} label={narrow ? t('nav.widen') : t('nav.fold')} />
        </UnstyledButton>
      </Named>
    </div>
  )
}

/** Where only the drawing is seen, the pointer brings the name. */
function Named({ label, narrow, children }: { label: string; narrow: boolean; children: ReactNode }) {
  return <div title={narrow ? label : undefined}>{children}</div>
}

function Entry({ icon: Drawing, label }: { icon: Icon; label: string }) {
  return (
    <>
      <Drawing size={19} stroke={1.6} aria-hidden />
      <span className={classes['label']}>{label}</span>
    </>
  )
}
