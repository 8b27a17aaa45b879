import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { face } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { scheduleCell, weekdays } from './schedule.ts'
import classes from './ValuesTab.module.css'

type WeekProgramProps = { points: readonly PointInfo[]; readings: ReadonlyMap<number, Reading> }

/** The comfort periods of a week: a day per line. A period that starts when it stops is not used. */
export function WeekProgram({ points, readings }: WeekProgramProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = useLookup('values')
  const cells = points.flatMap((point) => {
    const cell = scheduleCell(point.id)
    return cell ? [{ ...cell, point, reading: readings.get(point.series) }] : []
  })
  if (cells.length === 0) return null
  const periods = [...new Set(cells.map(({ period }) => period))].sort((a, b) => a - b)
  const text = (day: string, period: number) => {
    const [start, stop] = (['start', 'stop'] as const).map((edge) =>
      cells.find((cell) => cell.day === day && cell.period === period && cell.edge === edge),
    )
    if (!start || !stop) return ''
    if (start.reading && start.reading.value !== null && start.reading.value === stop.reading?.value) return '–'
    const words = { off: t('value.off'), name }
    const written = [start, stop].map(({ point, reading }) => face(point, reading, reading?.at ?? 0, format, words).text ?? '–')
    return written.join('–')
  }
  return (
    <table className={`${classes['table']} ${classes['week']}`}>
      <thead>
        <tr>
          <th scope="col">{t('settings.week')}</th>
          {periods.map((period) => (
            <th key={period} scope="col">
              {t('settings.comfortPeriod', { number: period })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weekdays.map((day) => (
          <tr key={day}>
            <td>{t(`settings.day.${day}`)}</td>
            {periods.map((period) => (
              <td key={period} className={classes['clock']}>
                {text(day, period)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
