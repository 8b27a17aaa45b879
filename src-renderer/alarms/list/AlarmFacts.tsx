import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { useAlarmWords } from '../words.ts'
import { Recent, RespondBy, Since, StateCell, ValueNow } from './cells.tsx'
import classes from './Screen.module.css'

/** The figures of an opened alarm: where, what now, since when, how it stands. */
export function AlarmFacts({ row }: { row: AlarmRow }) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  const raised = words.number(row.raisedValue, row)
  const where = row.device === null ? row.deviceName : <DeviceLink id={row.device}>{row.deviceName}</DeviceLink>
  const facts: (readonly [name: string, value: ReactNode])[] = [
    [t('alarms.list.column.device'), where],
    [t('alarms.list.place'), row.place || null],
    [t('alarms.list.column.state'), <StateCell key="state" row={row} />],
    [t('alarms.list.column.since'), <Since key="since" row={row} />],
    [t('alarms.list.column.value'), raised === '' ? null : <ValueNow key="value" row={row} />],
    [t('alarms.list.raisedValue'), raised || null],
    [t('alarms.list.column.respond'), row.respondBy === null || !row.active ? null : <RespondBy key="respond" row={row} />],
    [t('alarms.list.times'), row.recent.length < 2 ? null : <Recent key="recent" row={row} />],
  ]
  return (
    <dl className={classes['figures']} style={{ margin: 0 }}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={classes['fact']}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
