import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Line } from '#shared/history/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { useHost } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { PointName } from '../ui/PointName.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { Value } from '../ui/Value.tsx'
import { face } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import type { DayLines } from './day-lines.ts'
import classes from './ValuesTab.module.css'

type ValueRowsProps = {
  /** A missing sensor is nothing unusual here, as among spare inputs. */
  spare?: boolean
  points: readonly PointInfo[]
  reading: (series: number) => Reading | undefined
  lines: DayLines
  now: number
}

/** The live table of one group: name, value, the last day as a line, age, and the maker's number. */
export function ValueRows({ points, reading, lines, now, spare }: ValueRowsProps) {
  const { t } = useTranslation()
  const drawn = points.some(({ series }) => lines.of(series))
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{t('values.column.name')}</th>
          <th scope="col" className={classes['number']}>
            {t('values.column.value')}
          </th>
          {drawn && (
            <th scope="col" className={classes['line']}>
              {t('values.column.day')}
            </th>
          )}
          <th scope="col" className={classes['age']}>
            {t('values.column.age')}
          </th>
          <th scope="col" className={classes['register']} title={t('values.column.numberHint')}>
            {t('values.column.number')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <ValueRow
            key={point.id}
            point={point}
            reading={reading(point.series)}
            line={lines.of(point.series)}
            span={drawn ? lines : null}
            now={now}
            spare={spare ?? false}
          />
        ))}
      </tbody>
    </table>
  )
}

type ValueRowProps = {
  point: PointInfo
  reading: Reading | undefined
  line: Line | undefined
  span: { from: number; to: number } | null
  now: number
  spare: boolean
}

const movedShownMs = 12_000

function ValueRow({ point, reading, line, span, now, spare }: ValueRowProps) {
  const { t } = useTranslation()
  const { live } = useHost()
  const names = usePointNames()
  const name = useLookup('values')
  const format = useFormat()
  const shown = face(point, reading, now, format, { off: t('value.off'), name })
  const age = shown.age === null ? null : format.span(shown.age)
  const move = live.move(point.series)
  return (
    <tr data-point={point.id}>
      <td>
        <PointName name={names.name(point)} unverified={point.unverified} />
      </td>
      <td className={classes['number']}>
        <Value face={shown} age={null} quiet={spare} moved={move && now - move.at < movedShownMs ? move.way : null} />
      </td>
      {span && <td className={classes['line']}>{line && <Sparkline at={line.at} value={line.value} from={span.from} to={span.to} />}</td>}
      <td className={classes['age']}>{age ?? '–'}</td>
      <td className={classes['register']}>{point.formula ? '–' : point.number}</td>
    </tr>
  )
}
