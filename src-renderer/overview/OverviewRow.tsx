import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow, useReadings } from '../host.ts'
import { ContactMark } from '../ui/ContactMark.tsx'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { SimulatedMark } from '../ui/SimulatedMark.tsx'
import { useFormat } from '../words.ts'
import type { Group } from './group.ts'
import { OverviewCell } from './OverviewCell.tsx'
import { useSparks } from './sparks.ts'
import { useCoarseNow } from './coarse-now.ts'
import type { Row } from './table.ts'
import classes from './Overview.module.css'

type OverviewRowProps = { row: Row; index: number; groups: readonly (Group | null)[]; headings: readonly string[]; sparks: boolean }

/** One device; its values are watched while it is in sight. */
export const OverviewRow = memo(function OverviewRow({ row, index, groups, headings, sparks }: OverviewRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useCoarseNow()
  const { device, cells, worst } = row
  const series = cells.flatMap((cell) => cell?.series ?? [])
  const reading = useReadings(series)
  const spark = useSparks(sparks ? series : [])
  let at = row.at
  for (const one of series) {
    const read = reading(one)
    if (read && read.value !== null && read.at > at) at = read.at
  }
  return (
    <div role="row" aria-rowindex={index} className={`${classes['row']} ${classes['body']}`} data-device={device.id}>
      <div role="rowheader" className={classes['name']}>
        <ContactMark state={device.contact.state} />
        <span className={classes['two']}>
          <span className={classes['link']}>
            <DeviceLink id={device.id}>{device.name}</DeviceLink>
            {device.simulated && <SimulatedMark />}
          </span>
          <span className={classes['quiet']} title={device.place}>
            {device.contact.state === 'online' ? device.place : t(`contact.${device.contact.state}`)}
          </span>
        </span>
      </div>
      <div role="cell" className={classes['deviation']} title={worst ? t('overview.worstIn', { name: headings[worst.column] }) : undefined}>
        {worst ? t('overview.times', { times: format.number(worst.size, 1) }) : '–'}
      </div>
      {cells.map((cell, column) => (
        <div role="cell" key={column} className={classes['cell']}>
          {cell && (
            <OverviewCell
              device={device.id}
              cell={cell}
              reading={reading(cell.series)}
              group={groups[column] ?? null}
              spark={spark(cell.series)}
              sparks={sparks}
              now={now}
            />
          )}
        </div>
      ))}
      <div role="cell" className={classes['age']}>
        <Age at={at} />
      </div>
    </div>
  )
})

/** The only thing of a row that changes each second. */
function Age({ at }: { at: number }) {
  const format = useFormat()
  const now = useNow()
  return at === 0 ? '–' : format.span(Math.max(0, now - at))
}
