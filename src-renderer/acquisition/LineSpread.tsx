import { useTranslation } from 'react-i18next'
import { answerClasses, type LineUnit } from '#shared/acquisition/line.ts'
import { Panel } from '../ui/Panel.tsx'
import { useFormat } from '../words.ts'
import classes from './LineSpread.module.css'

/** How long answers took, by class, of all devices on the line. */
export function LineSpread({ units }: { units: readonly LineUnit[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const counts = [...answerClasses, Infinity].map((_, i) => units.reduce((sum, { spread }) => sum + (spread[i] ?? 0), 0))
  const most = Math.max(1, ...counts)
  const label = (i: number) => {
    const upTo = answerClasses[i]
    return upTo === undefined
      ? t('doctor.slower', { time: format.milliseconds(answerClasses.at(-1) ?? 0) })
      : `≤ ${format.milliseconds(upTo)}`
  }
  return (
    <Panel title={t('doctor.spread')}>
      <dl className={classes['spread']}>
        {counts.map((count, i) => (
          <div key={label(i)} className={classes['class']}>
            <dt>{label(i)}</dt>
            <dd>
              <span className={classes['bar']} style={{ inlineSize: `${(count / most) * 100}%` }} aria-hidden />
              <span>{format.number(count)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
