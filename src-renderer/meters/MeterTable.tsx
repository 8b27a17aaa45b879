import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNow, useReadings } from '../host.ts'
import { WindowRows } from '../ui/WindowRows.tsx'
import type { MeterRow } from './meter-rows.ts'
import { useMeterWords } from './meter-words.ts'
import { MeterValue } from './MeterValue.tsx'
import { Used } from './Used.tsx'
import classes from './MeterTable.module.css'

export type MeterListProps = { rows: readonly MeterRow[]; onOpen: (id: string) => void }

const measured = ['energy', 'volume', 'power', 'flowTemperature', 'returnTemperature'] as const
const periods = ['today', 'yesterday', 'month'] as const

/** The meters of a wide screen. */
export function MeterTable({ rows, onOpen }: MeterListProps) {
  const { t } = useTranslation()
  return (
    <div role="table" aria-label={t('meters.title')} aria-rowcount={rows.length + 1} className={classes['table']}>
      <div role="rowgroup" className={classes['head']}>
        <div role="row" aria-rowindex={1} className={classes['row']}>
          <div role="columnheader">{t('meters.column.name')}</div>
          {measured.map((name) => (
            <div key={name} role="columnheader" className={classes['number']}>
              {t(`meters.column.${name}`)}
            </div>
          ))}
          {periods.map((period) => (
            <div key={period} role="columnheader" className={classes['number']}>
              {t(`meters.column.${period}`)}
            </div>
          ))}
        </div>
      </div>
      <WindowRows
        role="rowgroup"
        items={rows}
        height={56}
        keyOf={({ meter }) => meter.id}
        row={(row, i) => <Row row={row} index={i + 2} onOpen={onOpen} />}
      />
    </div>
  )
}

function Row({ row: { meter, used, warnings }, index, onOpen }: { row: MeterRow; index: number; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const words = useMeterWords()
  const now = useNow()
  const reading = useReadings(Object.values(meter.values))
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={`${classes['row']} ${classes['body']}`}
      data-changed={meter.changedTo !== null || warnings > 0 || undefined}
    >
      <div role="cell" className={classes['two']}>
        <button type="button" className={classes['open']} onClick={() => onOpen(meter.id)}>
          {words.title(meter)}
        </button>
        {meter.changedTo ? (
          <Badge size="xs" color="orange" variant="light">
            {t('meters.changed.short')}
          </Badge>
        ) : warnings > 0 ? (
          <Badge size="xs" color="orange" variant="light" data-warnings>
            {t('energy.warnings.short', { count: warnings })}
          </Badge>
        ) : (
          <span className={classes['quiet']}>
            {[t(`meters.way.${meter.way}`), meter.identity.serial, words.kind(meter), words.note(meter)].filter(Boolean).join(' · ')}
          </span>
        )}
      </div>
      {measured.map((name) => (
        <div key={name} role="cell" className={classes['number']} data-value={name}>
          <MeterValue meter={meter} name={name} reading={reading(meter.values[name] ?? -1)} now={now} />
        </div>
      ))}
      {periods.map((period) => (
        <div key={period} role="cell" className={classes['number']} data-used={period}>
          <Used used={used} period={period} />
        </div>
      ))}
    </div>
  )
}
