import { useTranslation } from 'react-i18next'
import type { Quality } from '#shared/reading.ts'
import type { FigureTheme } from './figure.ts'
import { colorOf, impairedSpans } from './quality-strip.ts'
import type { Course } from './series.ts'
import classes from './ChartPanel.module.css'

/** What the bars at the foot of the chart mean; only those that are there. */
export function QualityKey({ courses, theme }: { courses: readonly Course[]; theme: FigureTheme }) {
  const { t } = useTranslation()
  const found = new Set(courses.flatMap((course) => impairedSpans(course).map(({ quality }) => quality)))
  const reduced = courses.some(({ min }) => min !== null)
  if (found.size === 0 && !reduced) return null
  return (
    <div className={classes['keys']}>
      {[...found]
        .filter((quality): quality is Exclude<Quality, 'good'> => quality !== 'good')
        .map((quality) => (
          <span key={quality} className={classes['key']}>
            <i style={{ background: colorOf(quality, theme) }} />
            {t(`chart.quality.${quality}`)}
          </span>
        ))}
      {reduced && <span>{t('chart.reduced')}</span>}
    </div>
  )
}
