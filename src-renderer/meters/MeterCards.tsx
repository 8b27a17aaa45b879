import { useTranslation } from 'react-i18next'
import { useNow, useReadings } from '../host.ts'
import { WindowRows } from '../ui/WindowRows.tsx'
import type { MeterRow } from './meter-rows.ts'
import { useMeterWords } from './meter-words.ts'
import type { MeterListProps } from './MeterTable.tsx'
import { MeterValue } from './MeterValue.tsx'
import { Used } from './Used.tsx'
import classes from './MeterTable.module.css'

const measured = ['energy', 'power', 'returnTemperature'] as const
const periods = ['today', 'yesterday', 'month'] as const

/** The meters of a phone. */
export function MeterCards({ rows, onOpen }: MeterListProps) {
  return <WindowRows items={rows} height={160} keyOf={({ meter }) => meter.id} row={(row) => <Card row={row} onOpen={onOpen} />} />
}

function Card({ row: { meter, used, warnings }, onOpen }: { row: MeterRow; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const words = useMeterWords()
  const now = useNow()
  const reading = useReadings(Object.values(meter.values))
  return (
    <article className={classes['card']} data-changed={meter.changedTo !== null || warnings > 0 || undefined}>
      <button type="button" className={classes['open']} onClick={() => onOpen(meter.id)}>
        {words.title(meter)}
      </button>
      <span className={classes['quiet']}>
        {[
          t(`meters.way.${meter.way}`),
          meter.changedTo ? t('meters.changed.short') : meter.identity.serial,
          warnings > 0 ? t('energy.warnings.short', { count: warnings }) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <dl className={classes['values']}>
        {measured.map((name) => (
          <div key={name}>
            <dt>{t(`meters.column.${name}`)}</dt>
            <dd>
              <MeterValue meter={meter} name={name} reading={reading(meter.values[name] ?? -1)} now={now} />
            </dd>
          </div>
        ))}
        {periods.map((period) => (
          <div key={period}>
            <dt>{t(`meters.column.${period}`)}</dt>
            <dd>
              <Used used={used} period={period} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
