import { useTranslation } from 'react-i18next'
import type { ConsumptionLine } from '#shared/energy/contract.ts'
import type { Meter } from '#shared/meters/contract.ts'
import { useMeterWords } from '../meters/meter-words.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { WindowRows } from '../ui/WindowRows.tsx'
import { useFormat } from '../words.ts'
import { decimalsOf, unitOf } from './consumption-address.ts'
import { useMarks } from './marks.ts'
import classes from './ConsumptionTable.module.css'

export type ConsumptionRow = { meter: Meter; line: ConsumptionLine }

type ConsumptionTableProps = {
  rows: readonly ConsumptionRow[]
  edges: readonly number[]
  greyBelow: number
  onOpen: (meter: string) => void
}

/** What each meter used in the whole period, with its course. */
export function ConsumptionTable({ rows, edges, greyBelow, onOpen }: ConsumptionTableProps) {
  const { t } = useTranslation()
  return (
    <div role="table" aria-label={t('energy.title')} aria-rowcount={rows.length + 1} className={classes['table']}>
      <div role="rowgroup" className={classes['head']}>
        <div role="row" aria-rowindex={1} className={classes['row']}>
          <div role="columnheader">{t('energy.meter')}</div>
          <div role="columnheader" className={classes['number']}>
            {t('energy.column.total')}
          </div>
          <div role="columnheader" className={classes['number']}>
            {t('energy.column.valid')}
          </div>
          <div role="columnheader" className={classes['wide']}>
            {t('energy.column.course')}
          </div>
          <div role="columnheader" className={classes['wide']}>
            {t('energy.column.marks')}
          </div>
        </div>
      </div>
      <WindowRows
        role="rowgroup"
        items={rows}
        height={56}
        keyOf={({ meter }) => meter.id}
        row={(row, i) => <Row row={row} index={i + 2} edges={edges} greyBelow={greyBelow} onOpen={onOpen} />}
      />
    </div>
  )
}

type RowProps = Omit<ConsumptionTableProps, 'rows'> & { row: ConsumptionRow; index: number }

function Row({ row: { meter, line }, index, edges, greyBelow, onOpen }: RowProps) {
  const format = useFormat()
  const words = useMeterWords()
  const marksOf = useMarks()
  const { total, quantity } = line
  const marks = marksOf(total, quantity, greyBelow)
  const used = total.value === null ? '–' : `${format.number(total.value, decimalsOf[quantity])} ${unitOf[quantity]}`
  return (
    <div role="row" aria-rowindex={index} className={`${classes['row']} ${classes['body']}`} data-meter={meter.id}>
      <div role="cell" className={classes['two']}>
        <button type="button" className={classes['open']} onClick={() => onOpen(meter.id)}>
          {words.title(meter)}
        </button>
        <span className={classes['quiet']}>{[meter.place, meter.identity.serial].filter(Boolean).join(' · ')}</span>
      </div>
      <div role="cell" className={classes['number']} data-used data-grey={total.valid < greyBelow || undefined}>
        {used}
      </div>
      <div role="cell" className={classes['number']}>{`${format.number(Math.floor(total.valid * 100))} %`}</div>
      <div role="cell" className={classes['wide']}>
        <Sparkline at={edges.slice(0, -1)} value={line.value} from={edges[0] ?? 0} to={edges.at(-1) ?? 1} width={120} />
      </div>
      <div role="cell" className={`${classes['wide']} ${classes['quiet']}`} title={marks.join(', ')}>
        {marks.join(', ')}
      </div>
    </div>
  )
}
