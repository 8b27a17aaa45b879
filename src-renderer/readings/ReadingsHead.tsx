import { useTranslation } from 'react-i18next'
import { usePointNames } from '../point-names.ts'
import { keyOfColumn, type Column } from './columns.ts'
import classes from './ReadingsTable.module.css'

export type ShownColumn = { column: Column; index: number; start: number }

type ReadingsHeadProps = { columns: readonly ShownColumn[]; width: number; timeWidth: number; columnWidth: number; height: number }

/** Device, point, figure and unit above each column. */
export function ReadingsHead({ columns, width, timeWidth, columnWidth, height }: ReadingsHeadProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  return (
    <div className={classes['head']} role="rowgroup" style={{ width, height }}>
      <div role="row" aria-rowindex={1} style={{ height }}>
        <div role="columnheader" aria-colindex={1} className={classes['time']} style={{ width: timeWidth }}>
          {t('readings.time')}
        </div>
        {columns.map(({ column, index, start }) => {
          const { deviceName, point } = column.chosen
          const figure = column.figure === null ? '' : t(`readings.figure.${column.figure}`)
          const told = [figure, point.unit].filter(Boolean).join(', ')
          return (
            <div
              key={keyOfColumn(column)}
              role="columnheader"
              aria-colindex={index + 2}
              className={classes['title']}
              style={{ left: start, width: columnWidth }}
              title={`${deviceName}: ${names.full(point)}${told === '' ? '' : ` (${told})`}`}
            >
              <span className={classes['device']}>{deviceName}</span>
              <span className={classes['point']}>{names.full(point)}</span>
              <span className={classes['figure']}>{told}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
