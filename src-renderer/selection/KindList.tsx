import { useDeferredValue, useMemo } from 'react'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointKind } from '#shared/devices/points-contract.ts'
import { useCall } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { BoxRows } from './BoxRows.tsx'
import { commonFirst, questionOf, type Filter } from './filter.ts'
import classes from './SelectionPicker.module.css'

type KindListProps = { filter: Filter; full: boolean; busy: boolean; onTake: (kind: PointKind) => void }

/** Every point that some device has, once; the one most devices have comes first. */
export function KindList({ filter, full, busy, onTake }: KindListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = usePointNames()
  const tell = useFailureText()
  const asked = useDeferredValue(filter)
  const { data, error, refetch } = useCall('devices.pointKinds', questionOf(asked), { keep: true })
  const kinds = useMemo(() => commonFirst(data?.kinds ?? []), [data])
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} /> : <Loading rows={8} height={40} />
  if (kinds.length === 0) return <Text c="dimmed">{t('noMatch.title')}</Text>
  return (
    <BoxRows
      items={kinds}
      height={50}
      label={t('selection.same')}
      keyOf={({ id, is }) => `${id} ${is}`}
      row={(kind) => (
        <div className={classes['row']} data-point={kind.id}>
          <span className={classes['words']}>
            <span className={classes['name']}>{names.full(kind)}</span>
            <span className={classes['quiet']}>
              {[t('selection.devices', { count: kind.devices, shown: format.number(kind.devices) }), kind.unit].filter(Boolean).join(' · ')}
            </span>
          </span>
          <Button size="xs" variant="default" disabled={full || busy} onClick={() => onTake(kind)}>
            {t('selection.addAll')}
          </Button>
        </div>
      )}
    />
  )
}
