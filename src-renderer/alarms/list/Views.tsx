import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlarmSummary } from '#shared/alarms/row.ts'
import { views, type View } from './choice.ts'
import classes from './Views.module.css'

type ViewsProps = { view: View; summary: AlarmSummary | undefined; onChange: (view: View) => void }

/** One button per list of alarms, each with how many are in it. */
export function Views({ view, summary, onChange }: ViewsProps) {
  const { t } = useTranslation()
  return (
    <nav className={classes['views']} aria-label={t('alarms.list.views')}>
      {views.map((one) => (
        <UnstyledButton
          key={one}
          className={classes['view']}
          aria-current={view === one ? 'page' : undefined}
          onClick={() => onChange(one)}
          data-view={one}
        >
          {t(`alarms.list.view.${one}`)}
          {one !== 'history' && summary && <span className={classes['count']}>{summary[one]}</span>}
        </UnstyledButton>
      ))}
    </nav>
  )
}
