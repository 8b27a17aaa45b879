import { useTranslation } from 'react-i18next'
import { useFormat } from '../words.ts'
import { fewest, unusual, veryUnusual } from './group.ts'
import classes from './Overview.module.css'

const marks = [
  ['farBelow', '▼▼'],
  ['below', '▼'],
  ['above', '▲'],
  ['farAbove', '▲▲'],
] as const

/** What colours and arrows say. */
export function Legend() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes['legend']}>
      {marks.map(([level, sign]) => (
        <span key={level} className={classes['mark']} data-level={level}>
          <span aria-hidden>{sign}</span> {t(`overview.level.${level}`)}
        </span>
      ))}
      <span>{t('overview.legend', { from: format.number(unusual, 0), far: format.number(veryUnusual, 1), count: fewest })}</span>
    </div>
  )
}
