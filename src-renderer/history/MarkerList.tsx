import { useState } from 'react'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../words.ts'
import type { Marker } from './markers.ts'
import classes from './MarkerList.module.css'

type MarkerListProps = { markers: readonly Marker[]; more: boolean; several: boolean; cursor: number | null; reach: number }

const mostNear = 3

/** What the marks at the head of the chart mean: those near the cursor, or all of them on a click. */
export function MarkerList({ markers, more, several, cursor, reach }: MarkerListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  if (markers.length === 0) return null
  const isNear = ({ at }: Marker) => cursor !== null && Math.abs(at - cursor) <= reach
  const rows = opened ? markers : markers.filter(isNear).slice(0, mostNear)
  return (
    <div>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {t('chart.changes', { count: markers.length })}
      </Button>
      <ul className={classes['list']}>
        {rows.map((marker, i) => (
          <li key={i} className={classes['row']} data-near={isNear(marker) || undefined}>
            <time>{format.dateTime(marker.at)}</time>
            {several && <span>{marker.deviceName}</span>}
            <span>{marker.text}</span>
          </li>
        ))}
      </ul>
      {opened && more && (
        <Text size="xs" c="dimmed">
          {t('chart.changesMore', { count: markers.length })}
        </Text>
      )}
    </div>
  )
}
