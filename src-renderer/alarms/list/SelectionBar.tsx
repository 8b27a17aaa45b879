import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useActor } from '../../host.ts'
import { actable, acts, needs } from './acts.ts'
import type { Acts } from './use-acts.ts'
import classes from './Notes.module.css'

type SelectionBarProps = { rows: readonly AlarmRow[]; doing: Acts; onClear: () => void }

/** What can be done with the chosen alarms, each with the number of those that it fits. */
export function SelectionBar({ rows, doing, onClear }: SelectionBarProps) {
  const { t } = useTranslation()
  const { may } = useActor()
  if (rows.length === 0) return null
  return (
    <div className={classes['selected']} role="toolbar" aria-label={t('alarms.list.selected', { count: rows.length })}>
      <span className={classes['how']}>{t('alarms.list.selected', { count: rows.length })}</span>
      {acts.map((act) => {
        const fitting = actable(act, rows)
        if (fitting.length === 0 || !may(needs[act])) return null
        return (
          <Button
            key={act}
            size="xs"
            variant={act === 'acknowledge' ? 'filled' : 'default'}
            loading={doing.busy}
            onClick={() => doing.start(act, rows)}
          >
            {fitting.length === rows.length
              ? t(`alarms.list.act.${act}`)
              : t('alarms.list.actSome', { act: t(`alarms.list.act.${act}`), count: fitting.length })}
          </Button>
        )
      })}
      <Button size="xs" variant="subtle" onClick={onClear}>
        {t('alarms.list.clearSelection')}
      </Button>
    </div>
  )
}
