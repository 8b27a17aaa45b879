import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { usePointNames } from '../point-names.ts'
import { Value } from '../ui/Value.tsx'
import { face, valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import classes from './ValuesTab.module.css'

/** The settings of one group as the controller gave them, with the range that the maker allows. */
export function SettingRows({ points, readings }: { points: readonly PointInfo[]; readings: ReadonlyMap<number, Reading> }) {
  const { t } = useTranslation()
  const names = usePointNames()
  const name = useLookup('values')
  const format = useFormat()
  const words = { off: t('value.off'), name }
  if (points.length === 0) return null
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{t('settings.column.name')}</th>
          <th scope="col" className={classes['number']}>
            {t('settings.column.value')}
          </th>
          <th scope="col" className={classes['age']}>
            {t('settings.column.range')}
          </th>
          <th scope="col" className={classes['register']} title={t('values.column.numberHint')}>
            {t('values.column.number')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => {
          const reading = readings.get(point.series)
          // Read once on purpose, so its age is told at the head of the page and not beside each value.
          const shown = face(point, reading, reading?.at ?? 0, format, words)
          return (
            <tr key={point.id} data-point={point.id}>
              <td>
                {names.name(point)}
                {point.unverified && (
                  <span className={classes['unverified']} title={t('point.unverifiedHint')}>
                    {' '}
                    {t('point.unverified')}
                  </span>
                )}
              </td>
              <td className={classes['number']}>
                <Value face={shown} age={null} />
              </td>
              <td className={classes['age']}>
                {point.write && point.values === null && (
                  <>
                    {valueText(point, point.write.min, format, words).text}–{valueText(point, point.write.max, format, words).text}
                  </>
                )}
              </td>
              <td className={classes['register']}>{point.number}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
