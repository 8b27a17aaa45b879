import { Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useNow } from '../../host.ts'
import { useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmWords } from '../words.ts'
import classes from './Screen.module.css'

type AlarmLogProps = { alarm: CallOutput<'alarms.get'>; onOpen: (id: string) => void }

/** What the alarm hides, the times it came, and everything that happened to it. */
export function AlarmLog({ alarm: { row, beneath, occurrences, happenings }, onOpen }: AlarmLogProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const now = useNow()
  return (
    <>
      {beneath.length > 0 && (
        <Stack gap={4}>
          <Title order={3}>{t('alarms.list.beneathTitle', { count: beneath.length })}</Title>
          {beneath.map((one) => (
            <button key={one.id} type="button" className={classes['beneath']} onClick={() => onOpen(one.id)}>
              <PriorityMark priority={one.priority} size={18} />
              {words.line(one)}
            </button>
          ))}
        </Stack>
      )}
      {occurrences.length > 0 && (
        <Stack gap={4}>
          <Title order={3}>{t('alarms.list.occurrences')}</Title>
          <ul className={classes['log']}>
            {occurrences.map((one) => (
              <li key={one.id}>
                <span className={classes['when']}>{format.dateTime(one.raisedAt)}</span>
                <span>
                  {[
                    words.number(one.value, { ...one, decimals: row.decimals }),
                    one.clearedAt === null
                      ? t('alarms.list.standsFor', { span: format.span(now - one.raisedAt) })
                      : t('alarms.list.lasted', { span: format.span(one.clearedAt - one.raisedAt) }),
                    one.acknowledged ? t('alarms.list.seenBy', { who: one.acknowledged.by }) : '',
                    one.hidden ? t(`alarms.list.hidden.${one.hidden}`) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Stack>
      )}
      {happenings.length > 0 && (
        <Stack gap={4}>
          <Title order={3}>{t('alarms.list.log')}</Title>
          <ul className={classes['log']}>
            {happenings.map((one, i) => (
              <li key={i}>
                <span className={classes['when']}>{format.dateTime(one.at)}</span>
                <span>
                  {[words.happening(one.what), words.number(one.value, row), one.by ?? ''].filter(Boolean).join(' · ')}
                  {one.text !== '' && <div className={classes['text']}>{one.text}</div>}
                </span>
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </>
  )
}
