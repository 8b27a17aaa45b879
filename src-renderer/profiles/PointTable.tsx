import { useTranslation } from 'react-i18next'
import type { CellFault } from '#shared/profiles/cells.ts'
import { usePointNames } from '../point-names.ts'
import { WindowRows } from '../ui/WindowRows.tsx'
import type { Row } from './draft.ts'
import { PointRow } from './PointRow.tsx'
import type { Tested } from './test-read.ts'
import classes from './PointTable.module.css'

const heads = ['name', 'number', 'type', 'scale', 'quantity', 'write', 'now'] as const
const always: readonly (typeof heads)[number][] = ['name', 'number', 'now']

type PointTableProps = {
  rows: readonly Row[]
  faults: ReadonlyMap<number, readonly CellFault[]>
  tested: Tested | null
  open: number | null
  onOpen: (key: number) => void
}

/** All points of the draft; only the rows on screen exist. */
export function PointTable({ rows, faults, tested, open, onOpen }: PointTableProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  return (
    <div role="table" aria-label={t('profiles.view.points')} aria-rowcount={rows.length + 1} className={classes['table']}>
      <div role="rowgroup" className={classes['head']}>
        <div role="row" aria-rowindex={1} className={classes['row']}>
          {heads.map((head) => (
            <div
              key={head}
              role="columnheader"
              className={head === 'number' || head === 'scale' ? classes['number'] : undefined}
              data-narrow-out={always.includes(head) ? undefined : true}
            >
              {t(`profiles.rows.${head}`)}
            </div>
          ))}
        </div>
      </div>
      <WindowRows
        role="rowgroup"
        items={rows}
        height={50}
        keyOf={(row) => String(row.key)}
        row={(row) => (
          <PointRow
            row={row}
            faults={faults.get(row.key)}
            tested={tested}
            names={names}
            open={open === row.key}
            onOpen={() => onOpen(row.key)}
          />
        )}
      />
    </div>
  )
}
