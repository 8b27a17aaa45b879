import { useEffect, useRef, useState } from 'react'
import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/alarms/row.ts'
import { useCall, useHost } from '../../host.ts'
import { useFailureText, useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import { courseOf } from './course.ts'
import classes from './Screen.module.css'

const hourMs = 3_600_000
const [width, height] = [400, 112]

/** The value of the point around the time the alarm came; asked for only when it is in sight. */
export function AlarmCourse({ row }: { row: AlarmRow }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const look = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
    })
    if (box.current) look.observe(box.current)
    return () => look.disconnect()
  }, [])
  if (row.series === null || row.is === 'state' || row.is === 'text') return null
  return (
    <Stack gap="xs">
      <Title order={3}>{t('alarms.list.course')}</Title>
      <div ref={box}>{seen ? <Course row={row} series={row.series} /> : <Skeleton height={height} animate={false} />}</div>
    </Stack>
  )
}

function Course({ row, series }: { row: AlarmRow; series: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const tell = useFailureText()
  const { now } = useHost()
  // Until six hours after it came, or until now when that is sooner.
  const [opened] = useState(now)
  const centre = row.raisedAt ?? opened
  const [from, to] = [centre - 6 * hourMs, Math.min(opened, centre + 6 * hourMs)]
  const { data, error } = useCall('history.chart', { series: [series], from, to, width }, { onOpen: true })
  if (!data) return error ? <Text size="sm">{tell(error).title}</Text> : <Skeleton height={height} animate={false} />
  const line = data.lines[0]
  const drawn = line && courseOf({ ...line, from, to, limit: row.limit, raisedAt: row.raisedAt }, width, height)
  if (!drawn) {
    return (
      <Text size="sm" c="dimmed">
        {t('alarms.list.noCourse')}
      </Text>
    )
  }
  const scale = { ...row, kind: row.kind }
  const label = t('alarms.list.courseLabel', { low: words.number(drawn.low, scale), high: words.number(drawn.high, scale) })
  return (
    <>
      <svg className={classes['course']} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {drawn.limit !== null && (
          <path
            d={`M0 ${drawn.limit}H${width}`}
            stroke="var(--hg-abnormal)"
            strokeWidth="1.2"
            strokeDasharray="5 4"
            vectorEffect="non-scaling-stroke"
          />
        )}
        {drawn.raised !== null && (
          <path
            d={`M${drawn.raised} 0V${height}`}
            stroke="var(--hg-quiet)"
            strokeWidth="1"
            strokeDasharray="2 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
        <path
          d={drawn.path}
          fill="none"
          stroke="var(--hg-drawing)"
          strokeWidth="1.6"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <div className={classes['axis']}>
        <span>{format.dateTime(from)}</span>
        <span>{label}</span>
        <span>{format.dateTime(to)}</span>
      </div>
    </>
  )
}
