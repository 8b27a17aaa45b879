import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addDays, type Calendar } from '#shared/calendar.ts'
import { usePointNames } from '../point-names.ts'
import { Value } from '../ui/Value.tsx'
import { face, valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { extremes, sampleAt, type Course } from './series.ts'
import { titleOf } from './drawn.ts'
import { paler } from './traces.ts'
import classes from './Legend.module.css'

type LegendProps = {
  courses: readonly Course[]
  /** Those of a year before, when they are drawn. */
  past: readonly Course[] | null
  several: boolean
  cursor: number | null
  from: number
  to: number
  calendar: Calendar
  onDrop: (series: number) => void
}

const slotMs = 15 * 60_000
/** As long as a minute is wider than the cursor. */
const fineMs = 4 * 60 * 60_000

/** Which line is what, its value under the cursor (else its last one), and its extremes in the period. */
export function Legend({ courses, past, several, cursor, from, to, calendar, onDrop }: LegendProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = usePointNames()
  const name = useLookup('values')
  const words = { off: t('value.off'), name }
  const reach = Math.max(slotMs, (to - from) / 60)
  const last = courses.reduce((newest, { at }) => Math.max(newest, at.findLast((one) => one <= to) ?? 0), 0)
  const moment = cursor ?? last
  return (
    <table className={classes['legend']} aria-label={t('chart.legend')}>
      <thead>
        <tr>
          <th scope="col">{moment > 0 ? timeText(moment, to - from, calendar, format) : t('chart.legend')}</th>
          <th scope="col">{cursor === null ? t('chart.last') : t('chart.atCursor')}</th>
          {past && <th scope="col">{t('chart.yearBefore')}</th>}
          <th scope="col" className={classes['spread']}>
            {t('chart.lowest')}
          </th>
          <th scope="col" className={classes['spread']}>
            {t('chart.highest')}
          </th>
          <th scope="col" aria-label={t('chart.drop')} />
        </tr>
      </thead>
      <tbody>
        {courses.map((course) => {
          const { point, color, dash } = course
          const title = titleOf(course, names.full, several)
          const before = past?.find((one) => one.point.series === point.series)
          const then = before && moment > 0 ? sampleAt(before, moment, reach) : null
          const sample = moment > 0 ? sampleAt(course, moment, reach) : null
          const range = extremes(course, from, to)
          const text = (value: number) => {
            const said = valueText(point, value, format, words)
            return said.unit === '' ? said.text : `${said.text} ${said.unit}`
          }
          return (
            <tr key={point.series} data-point={point.id} data-series={point.series}>
              <td>
                <span className={classes['name']}>
                  <i className={classes['swatch']} style={{ borderColor: color, borderTopStyle: dash === 'dash' ? 'dashed' : 'solid' }} />
                  {title}
                </span>
              </td>
              <td>
                {/* A chart tells the time itself, so its values do not age. */}
                <Value face={face(point, sample ?? undefined, sample?.at ?? 0, format, words)} age={null} />
              </td>
              {past && (
                <td>
                  <span className={classes['name']} data-right>
                    <i className={classes['swatch']} style={{ borderColor: paler(color) }} />
                    {then && then.value !== null ? text(then.value) : '–'}
                  </span>
                </td>
              )}
              <td className={classes['spread']}>{range ? text(range.min) : '–'}</td>
              <td className={classes['spread']}>{range ? text(range.max) : '–'}</td>
              <td>
                {!course.reference && (
                  <ActionIcon
                    variant="subtle"
                    size="sm"
                    aria-label={t('chart.dropNamed', { name: title })}
                    onClick={() => onDrop(point.series)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Date and time, in a short stretch with seconds; on a day on which clocks change also the name of the zone, since an hour may come twice. */
function timeText(at: number, span: number, calendar: Calendar, format: ReturnType<typeof useFormat>): string {
  const date = calendar.dateAt(at)
  const changes = calendar.offset(calendar.startOf(date)) !== calendar.offset(calendar.startOf(addDays(date, 1)))
  const time = changes ? format.timeZoned(at) : span <= fineMs ? format.timeSeconds(at) : format.time(at)
  return `${format.weekday(at)} ${time}`
}
