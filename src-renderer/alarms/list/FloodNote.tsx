import { Button } from '@mantine/core'
import { IconRipple } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow, Flood } from '#shared/alarms/row.ts'
import { useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import classes from './Notes.module.css'

type FloodNoteProps = {
  flood: Flood
  rows: readonly AlarmRow[]
  grouped: boolean
  onGrouped: (grouped: boolean) => void
  onOpen: (id: string) => void
}

/** More alarms come than anybody can act on: how many, since when, and which came first. */
export function FloodNote({ flood, rows, grouped, onGrouped, onOpen }: FloodNoteProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  if (!flood.active) return null
  const first = rows.find(({ id }) => id === flood.firstOut)
  return (
    <div className={classes['note']} data-kind="flood" role="status">
      <IconRipple size={18} stroke={1.7} aria-hidden />
      <div className={classes['words']}>
        <strong>{t('alarms.list.flood.title', { count: flood.count })}</strong>{' '}
        {flood.since !== null && t('alarms.list.flood.since', { time: format.time(flood.since) })}{' '}
        {first && (
          <>
            {t('alarms.list.flood.first')}{' '}
            <button type="button" className={classes['link']} onClick={() => onOpen(first.id)}>
              {words.line(first)}
            </button>
          </>
        )}
      </div>
      <Button size="compact-sm" variant="default" onClick={() => onGrouped(!grouped)}>
        {grouped ? t('alarms.list.flood.flat') : t('alarms.list.flood.group')}
      </Button>
    </div>
  )
}
