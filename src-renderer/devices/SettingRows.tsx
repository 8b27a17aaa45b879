import { Fragment, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Reading } from '#shared/reading.ts'
import { usePointNames } from '../point-names.ts'
import { PointName } from '../ui/PointName.tsx'
import { Value } from '../ui/Value.tsx'
import { face, valueText } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { chapters } from './chapters.ts'
import classes from './ValuesTab.module.css'

type SettingRowsProps = { points: readonly PointInfo[]; readings: ReadonlyMap<number, Reading> }

/** The settings of one group as the controller gave them, with the range that the maker allows. */
export function SettingRows({ points, readings }: SettingRowsProps) {
  const { t } = useTranslation()
  const names = usePointNames()
  const parts = useMemo(() => chapters(points, names.name), [points, names])
  if (points.length === 0) return null
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{t('settings.column.name')}</th>
          <th scope="col" className={classes['number']}>
            {t('settings.column.value')}
          </th>
          <th scope="col" className={classes['range']}>
            {t('settings.column.range')}
          </th>
          <th scope="col" className={classes['register']} title={t('values.column.numberHint')}>
            {t('values.column.number')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <Fragment key={part.rows[0]?.point.id}>
            {part.title !== null && (
              <tr>
                <th scope="colgroup" colSpan={4} className={classes['chapter']}>
                  {part.title}
                </th>
              </tr>
            )}
            {part.rows.map(({ point, name }) => (
              <SettingRow key={point.id} point={point} name={name} reading={readings.get(point.series)} inside={part.title !== null} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

function SettingRow({ point, name, reading, inside }: { point: PointInfo; name: string; reading: Reading | undefined; inside: boolean }) {
  const { t } = useTranslation()
  const named = useLookup('values')
  const format = useFormat()
  const words = { off: t('value.off'), name: named }
  // Read once on purpose, so its age is told at the head of the page and not beside each value.
  const shown = face(point, reading, reading?.at ?? 0, format, words)
  const range =
    point.write && point.values === null
      ? rangeText(point, point.write, (value) => valueText(point, value, format, words).text, words.off)
      : null
  return (
    <tr data-point={point.id} data-inside={inside || undefined}>
      <td>
        <PointName name={name} unverified={point.unverified} />
        <span className={classes['below']}>{range}</span>
      </td>
      <td className={classes['number']}>
        <Value face={shown} age={null} />
      </td>
      <td className={classes['range']}>{range}</td>
      <td className={classes['register']}>{point.number}</td>
    </tr>
  )
}

/** The range of a setting; OFF is told where it lies outside. */
function rangeText(point: PointInfo, { min, max }: { min: number; max: number }, text: (value: number) => string, off: string): string {
  const outside = point.off !== null && (point.off < min || point.off > max)
  const first = point.off === min ? off : text(min)
  const whole = (words: string) => words.replaceAll(' ', '\u00a0')
  return `${outside ? `${off}, ` : ''}${whole(`${first} –`)} ${whole(text(max))}`
}
