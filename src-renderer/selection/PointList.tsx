import { useDeferredValue } from 'react'
import { Checkbox, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import { BoxRows } from './BoxRows.tsx'
import { questionOf, type Filter } from './filter.ts'
import type { Selected } from './selected.ts'
import classes from './SelectionPicker.module.css'

const longest = 500

type PointListProps = { filter: Filter; series: readonly number[]; full: boolean; onToggle: (point: Selected, on: boolean) => void }

/** The points that the filter finds, to be ticked. */
export function PointList({ filter, series, full, onToggle }: PointListProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  const tell = useFailureText()
  const asked = useDeferredValue(filter)
  const device = asked.device === null ? {} : { devices: [asked.device] }
  const { data, error, refetch } = useCall('devices.points', { ...questionOf(asked), ...device, limit: longest }, { keep: true })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={8} height={40} />
  if (data.total === 0) return <Text c="dimmed">{t('noMatch.title')}</Text>
  return (
    <>
      <BoxRows
        items={data.points}
        height={50}
        label={t('selection.points')}
        keyOf={({ point }) => String(point.series)}
        row={(owned) => {
          const { point, deviceName, place } = owned
          const on = series.includes(point.series)
          return (
            <label className={classes['row']} data-series={point.series}>
              <Checkbox
                size="sm"
                checked={on}
                disabled={!on && full}
                onChange={(event) => onToggle(owned, event.currentTarget.checked)}
                tabIndex={0}
              />
              <span className={classes['words']}>
                <span className={classes['name']}>{names.full(point)}</span>
                <span className={classes['quiet']}>{[deviceName, place].filter(Boolean).join(', ')}</span>
              </span>
              <span className={classes['quiet']}>{point.unit}</span>
            </label>
          )
        }}
      />
      {data.total > data.points.length && (
        <Text size="sm" c="dimmed">
          {t('selection.more', { shown: data.points.length, count: data.total })}
        </Text>
      )}
    </>
  )
}
