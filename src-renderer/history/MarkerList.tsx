import { useState } from 'react'
import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AlarmSign } from '../alarm-marks/AlarmSign.tsx'
import { useFormat } from '../words.ts'
import type { Marker } from './markers.ts'
import classes from './MarkerList.module.css'

type MarkerListProps = {
  markers: readonly Marker[]
  more: boolean
  /** So many alarms more than the chart bears. */
  left: number
  several: boolean
  cursor: number | null
  reach: number
}

const mostNear = 3

/** What the marks at the head of the chart mean: those near the cursor, or all of them on a click. */
export function MarkerList({ markers, more, left, several, cursor, reach }: MarkerListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  if (markers.length === 0) return null
  const isNear = (marker: Marker) =>
    cursor !== null &&
    (Math.abs(marker.at - cursor) <= reach || (marker.kind === 'alarm' && marker.at <= cursor && (marker.until ?? cursor) >= cursor))
  const rows = opened ? markers : markers.filter(isNear).slice(0, mostNear)
  const alarms = markers.filter(({ kind }) => kind === 'alarm').length
  const changes = markers.length - alarms
  const counted = [alarms > 0 ? t('chart.alarms', { count: alarms }) : null, changes > 0 ? t('chart.changes', { count: changes }) : null]
  return (
    <div>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {counted.filter(Boolean).join(' · ')}
      </Button>
      <ul className={classes['list']}>
        {rows.map((marker, i) => (
          <li key={i} className={classes['row']} data-near={isNear(marker) || undefined} data-marker={marker.kind}>
            {marker.kind === 'alarm' ? <AlarmSign priority={marker.priority} /> : <span className={classes['sign']} aria-hidden />}
            <time>{format.dateTime(marker.at)}</time>
            {several && <span>{marker.deviceName}</span>}
            {marker.kind === 'alarm' ? <AlarmWords marker={marker} /> : <span>{marker.text}</span>}
          </li>
        ))}
      </ul>
      {opened && more && (
        <Text size="xs" c="dimmed">
          {t('chart.changesMore', { count: changes })}
        </Text>
      )}
      {opened && left > 0 && (
        <Text size="xs" c="dimmed">
          {t('chart.alarmsMore', { count: left })}
        </Text>
      )}
    </div>
  )
}

/** Which alarm it was and how long; leads to it. */
function AlarmWords({ marker }: { marker: Extract<Marker, { kind: 'alarm' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <Link to="/alarms" search={{ alarm: marker.alarm }}>
        {marker.text}
      </Link>
      <span>{marker.until === null ? t('chart.alarmStands') : t('chart.alarmFor', { span: format.span(marker.until - marker.at) })}</span>
    </>
  )
}
