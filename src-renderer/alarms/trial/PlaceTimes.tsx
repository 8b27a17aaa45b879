import { useState } from 'react'
import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { createCalendar } from '#shared/calendar.ts'
import type { AlarmKind } from '#shared/alarms/rule.ts'
import type { Trial } from '#shared/alarms/trial-contract.ts'
import { useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import { TrialChart } from './TrialChart.tsx'
import classes from './Trial.module.css'

type Place = Trial['places'][number]

const shownFirst = 8
const hourMs = 3_600_000
const chartPath: string = '/devices/$id/chart'

/** The times that one place would have come up, each leading to the device's chart, and all of them in a small one. */
export function PlaceTimes({ place, kind, from, to }: { place: Place; kind: AlarmKind; from: number; to: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const [all, setAll] = useState(false)
  const { times } = place
  const shown = all ? times : times.slice(0, shownFirst)
  const left = place.occurrences - times.length
  const calendar = createCalendar(format.timeZone)
  /** A time with some hours around it, as the chart takes it from the address. */
  const around = (begin: number, end: number) => ({
    ...(place.point !== '' && { points: place.point }),
    period: 'own',
    from: calendar.timeAt(begin - 3 * hourMs),
    to: calendar.timeAt(Math.min(to, end) + 3 * hourMs),
  })
  return (
    <div className={classes['unfolded']}>
      {place.series !== null && place.is !== 'state' && (
        <TrialChart place={place} series={place.series} from={left > 0 ? (times.at(-1)?.from ?? from) : from} to={to} />
      )}
      <ul className={classes['times']}>
        {shown.map((time) => (
          <li key={time.from}>
            <Link
              to={chartPath}
              params={{ id: place.device }}
              search={around(time.from, time.to ?? to)}
              title={t('alarms.trial.places.chart')}
            >
              {format.dateTime(time.from)}
            </Link>
            <Text span size="sm" c="dimmed">
              {[
                time.to === null ? t('alarms.trial.places.stands') : format.span(time.to - time.from),
                words.number(time.value, { kind, is: place.is, part: place.part }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </li>
        ))}
      </ul>
      {!all && times.length > shownFirst && (
        <div>
          <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
            {t('alarms.trial.places.moreTimes', { count: times.length - shownFirst })}
          </Button>
        </div>
      )}
      {left > 0 && (all || times.length <= shownFirst) && (
        <Text size="sm" c="dimmed">
          {t('alarms.trial.places.left', { count: left })}
        </Text>
      )}
    </div>
  )
}
