import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addDays, type Calendar } from '#shared/calendar.ts'
import { usePointNames } from '../point-names.ts'
import { Value } from '../ui/Value.tsx'
import { face, valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { extremes, sampleAt, type Course } from './series.ts'
import classes from './ChartTab.module.css'

type LegendProps = {
  courses: readonly Course[]
  cursor: number | null
  from: number
  to: number
  calendar: Calendar
  onDrop: (id: string) => void
}

const slotMs = 15 * 60_000

/** Which line is what, its value under the cursor (else its last one), and its extremes in the period. */
export function Legend({ courses, cursor, from, to, calendar, onDrop }: LegendProps) {
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
          <th scope="col">{moment > 0 ? timeText(moment, calendar, format) : t('chart.legend')}</th>
          <th scope="col">{cursor === null ? t('chart.last') : t('chart.atCursor')}</th>
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
          const sample = moment > 0 ? sampleAt(course, moment, reach) : null
          const range = extremes(course, from, to)
          const text = (value: number) => {
            const said = valueText(point, value, format, words)
            return said.unit === '' ? said.text : `${said.text} ${said.unit}`
          }
          return (
            <tr key={point.id} data-point={point.id}>
              <td>
                <span className={classes['name']}>
                  <i className={classes['swatch']} style={{ borderColor: color, borderTopStyle: dash === 'dash' ? 'dashed' : 'solid' }} />
                  {names.full(point)}
                </span>
              </td>
              <td>
                {/* A chart tells the time itself, so its values do not age. */}
                <Value face={face(point, sample ?? undefined, sample?.at ?? 0, format, words)} age={null} />
              </td>
              <td className={classes['spread']}>{range ? text(range.min) : '–'}</td>
              <td className={classes['spread']}>{range ? text(range.max) : '–'}</td>
              <td>
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  aria-label={t('chart.dropNamed', { name: names.full(point) })}
                  onClick={() => onDrop(point.id)}
                >
                  <IconX size={14} />
                </ActionIcon>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Date and time; on a day on which clocks change also the name of the zone, since an hour may come twice. */
function timeText(at: number, calendar: Calendar, format: ReturnType<typeof useFormat>): string {
  const date = calendar.dateAt(at)
  const changes = calendar.offset(calendar.startOf(date)) !== calendar.offset(calendar.startOf(addDays(date, 1)))
  return `${format.weekday(at)} ${changes ? format.timeZoned(at) : format.time(at)}`
}
