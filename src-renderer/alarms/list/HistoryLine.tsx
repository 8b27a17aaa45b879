import { IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Occurrence } from '#shared/alarms/row.ts'
import { useNow } from '../../host.ts'
import { DeviceLink } from '../../ui/DeviceLink.tsx'
import { useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmWords } from '../words.ts'
import grid from './HistoryView.module.css'

type HistoryLineProps = { occurrence: Occurrence; card: boolean; opened: boolean; onOpen: (id: string) => void }

/** One time that an alarm came. */
export function HistoryLine({ occurrence: one, card, opened, onOpen }: HistoryLineProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const limit = words.number(one.limit, one)
  return (
    <div
      role="row"
      className={card ? grid['card'] : `${grid['body']} ${grid['row']}`}
      data-occurrence={one.id}
      data-opened={opened || undefined}
    >
      <div role="cell">
        <PriorityMark priority={one.priority} size={22} />
      </div>
      <div role="cell" className={grid['two']} data-cell="what">
        <button type="button" className={grid['open']} onClick={() => onOpen(one.alarm)}>
          {one.ruleName}
        </button>
        <span className={grid['quiet']}>
          {one.hidden && (
            <span className={grid['hidden']}>
              <IconEyeOff size={14} stroke={1.7} aria-hidden /> {t(`alarms.list.hidden.${one.hidden}`)}{' '}
            </span>
          )}
          {words.about(one)}
        </span>
      </div>
      <div role="cell" className={grid['two']} data-cell="device">
        {one.device === null ? (
          <span>{one.deviceName}</span>
        ) : (
          <DeviceLink id={one.device} className={grid['device']}>
            {one.deviceName}
          </DeviceLink>
        )}
        <span className={grid['quiet']}>{one.place}</span>
      </div>
      <div role="cell" className={grid['two']} data-cell="value">
        <span>{words.number(one.value, one)}</span>
        {limit !== '' && <span className={grid['quiet']}>{t('alarms.list.limit', { limit })}</span>}
      </div>
      <div role="cell" className={grid['two']} data-cell="raised">
        <span>{format.dateTime(one.raisedAt)}</span>
        {one.clearedAt !== null && (
          <span className={grid['quiet']}>{t('alarms.list.goneAt', { time: format.dateTime(one.clearedAt) })}</span>
        )}
      </div>
      <div role="cell" data-cell="duration">
        {one.clearedAt === null ? <Standing since={one.raisedAt} /> : format.span(one.clearedAt - one.raisedAt)}
      </div>
      <div role="cell" className={grid['two']} data-cell="acknowledged">
        {one.acknowledged ? (
          <>
            <span className={grid['cut']}>{one.acknowledged.by}</span>
            <span className={grid['quiet']} title={one.acknowledged.comment}>
              {[format.dateTime(one.acknowledged.at), one.acknowledged.comment].filter(Boolean).join(': ')}
            </span>
          </>
        ) : (
          <span className={grid['quiet']}>{t('alarms.list.unseen')}</span>
        )}
      </div>
    </div>
  )
}

function Standing({ since }: { since: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  return t('alarms.list.standsFor', { span: format.span(useNow() - since) })
}
