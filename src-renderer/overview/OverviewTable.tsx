import { useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslation } from 'react-i18next'
import type { CellShape } from '#shared/devices/points-contract.ts'
import type { Order } from '../order.ts'
import { SortButton } from '../ui/SortButton.tsx'
import { valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { OverviewRow } from './OverviewRow.tsx'
import type { Row, Table } from './table.ts'
import classes from './Overview.module.css'

type OverviewTableProps = {
  table: Table
  rows: readonly Row[]
  headings: readonly string[]
  sort: string
  order: Order
  sparks: boolean
  onSort: (column: string) => void
}

const rowHeight = 50
const figures = ['median', 'min', 'max'] as const

/** Devices below each other, points side by side, in a box that scrolls both ways; only rows in sight exist. */
export function OverviewTable({ table, rows, headings, sort, order, sparks, onSort }: OverviewTableProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const lines = useVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 5,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.device.id ?? index,
  })
  const { columns } = table
  const heading = (column: string, label: string, className?: string) => (
    <div
      key={column}
      role="columnheader"
      aria-sort={sort === column ? order : 'none'}
      className={className ?? classes['heading']}
      title={label}
      data-column={column}
    >
      <SortButton label={label} order={sort === column ? order : null} onClick={() => onSort(column)} />
    </div>
  )
  return (
    <div ref={box} className={classes['box']} role="region" aria-label={t('overview.title')} tabIndex={0}>
      <div
        role="table"
        aria-label={t('overview.title')}
        aria-rowcount={rows.length + 1 + figures.length}
        className={classes['table']}
        data-sparks={sparks || undefined}
        style={{ ['--columns' as string]: columns.length }}
      >
        <div role="rowgroup" className={classes['head']}>
          <div role="row" aria-rowindex={1} className={`${classes['row']} ${classes['top']}`}>
            {heading('name', t('overview.device'), classes['corner'])}
            {heading('deviation', t('overview.deviation'), classes['short'])}
            {columns.map((id, i) => heading(id, headings[i] ?? id))}
            {heading('age', t('overview.age'), classes['short'])}
          </div>
          {figures.map((figure, i) => (
            <div key={figure} role="row" aria-rowindex={i + 2} className={`${classes['row']} ${classes['figure']}`} data-figure={figure}>
              <div role="rowheader" className={classes['corner']}>
                {t(`overview.figure.${figure}`)}
              </div>
              <div role="cell" />
              {columns.map((id, column) => (
                <div role="cell" key={id} className={classes['sum']}>
                  <Figure value={table.groups[column]?.[figure]} shape={shapeIn(table, column)} />
                </div>
              ))}
              <div role="cell" />
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ position: 'relative', height: lines.getTotalSize() }}>
          {lines.getVirtualItems().map(({ index, key, start, size }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <div key={key} role="presentation" style={{ position: 'absolute', insetInline: 0, top: start, height: size }}>
                <OverviewRow row={row} index={index + 2 + figures.length} groups={table.groups} headings={headings} sparks={sparks} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** What the compared values of a column are: the shape of the first cell that was held against others. */
function shapeIn({ rows }: Table, column: number): CellShape | undefined {
  const cells = rows.flatMap(({ cells: all }) => all[column] ?? [])
  return (cells.find(({ deviation }) => deviation !== null) ?? cells[0])?.shape
}

function Figure({ value, shape }: { value: number | undefined; shape: CellShape | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useLookup('values')
  if (value === undefined || !shape) return '–'
  const { text, unit } = valueText(shape, value, format, { off: t('value.off'), name })
  return `${text} ${unit}`.trim()
}
