import { Fragment, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { usePointNames } from '../point-names.ts'
import { chapters } from './chapters.ts'
import type { Writable } from './setting-draft.ts'
import type { useSettingWrites } from './setting-writes.ts'
import { SettingRow } from './SettingRow.tsx'
import { WriteDialog } from './WriteDialog.tsx'
import { countOf, type WriteCounts } from './write-counts.ts'
import type { SettingChange } from './WriteState.tsx'
import classes from './ValuesTab.module.css'

type SettingRowsProps = {
  device: string
  points: readonly PointInfo[]
  readings: ReadonlyMap<number, Reading>
  changes: ReadonlyMap<string, SettingChange>
  counts: WriteCounts | undefined
  writing: ReturnType<typeof useSettingWrites>
}

/** The settings of one group as the controller gave them, with the range that the maker allows. */
export function SettingRows({ device, points, readings, changes, counts, writing }: SettingRowsProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  const [opened, setOpened] = useState<{ point: Writable; from: HTMLElement; preset: number | null } | null>(null)
  const close = () => {
    // Whoever works by keyboard goes on where the dialog was opened.
    flushSync(() => setOpened(null))
    opened?.from.focus()
  }
  const parts = useMemo(() => chapters(points, names.name), [points, names])
  if (points.length === 0) return null
  return (
    <>
      {opened && (
        <WriteDialog
          device={device}
          point={opened.point}
          name={names.full(opened.point)}
          preset={opened.preset}
          counts={counts}
          onSend={(change) => void writing.send(change)}
          onClose={close}
        />
      )}
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('settings.column.name')}</th>
            <th scope="col" className={classes['number']}>
              {t('settings.column.value')}
            </th>
            <th scope="col" className={classes['range']}>
              {t('settings.column.range')}
            </th>
            <th scope="col" className={classes['register']} title={t('values.column.numberHint')}>
              {t('values.column.number')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <Fragment key={part.rows[0]?.point.id}>
              {part.title !== null && (
                <tr>
                  <th scope="colgroup" colSpan={4} className={classes['chapter']}>
                    {part.title}
                  </th>
                </tr>
              )}
              {part.rows.map(({ point, name }) => (
                <SettingRow
                  key={point.id}
                  point={point}
                  name={name}
                  reading={readings.get(point.series)}
                  inside={part.title !== null}
                  write={writing.writes[point.id]}
                  last={changes.get(point.id)}
                  often={countOf(counts, point.id).often}
                  onOpen={(chosen, from, preset) => setOpened({ point: chosen, from, preset: preset ?? null })}
                  onSend={(change) => void writing.send(change)}
                  onAcknowledge={writing.acknowledge}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </>
  )
}
