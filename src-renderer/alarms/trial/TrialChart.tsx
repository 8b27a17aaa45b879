import { Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Trial } from '#shared/alarms/trial-contract.ts'
import { useCall } from '../../host.ts'
import { useFailureText, useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import { trialFigure } from './trial-figure.ts'
import classes from './Trial.module.css'

const [width, height] = [600, 120]

type TrialChartProps = { place: Trial['places'][number]; series: number; from: number; to: number }

/** The value of one place over the time that was tried, with its limit and the times that it would have stood. */
export function TrialChart({ place, series, from, to }: TrialChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const tell = useFailureText()
  const { data, error } = useCall('history.chart', { series: [series], from, to, width }, { onOpen: true })
  if (!data) return error ? <Text size="sm">{tell(error).title}</Text> : <Skeleton height={height} animate={false} />
  const [line] = data.lines
  const drawn = line && trialFigure(line, { from, to, limit: place.limit, times: place.times }, width, height)
  if (!drawn) return null
  const number = (value: number) => words.number(value, { kind: 'limit', is: place.is, part: place.part })
  const said = { name: place.deviceName, low: number(drawn.low), high: number(drawn.high) }
  const label = drawn.limit === null ? t('alarms.trial.places.courseFree', said) : t('alarms.trial.places.course', said)
  return (
    <div className={classes['figure']}>
      <div className={classes['scale']} aria-hidden>
        <span>{said.high}</span>
        <span>{said.low}</span>
      </div>
      <svg className={classes['course']} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {drawn.bars.map((bar) => (
          <rect key={bar.x} className={classes['bar']} x={bar.x} y={0} width={bar.width} height={height} />
        ))}
        <path className={classes['line']} d={drawn.path} vectorEffect="non-scaling-stroke" />
        {drawn.limit !== null && <path className={classes['limit']} d={`M0 ${drawn.limit}H${width}`} vectorEffect="non-scaling-stroke" />}
      </svg>
      <div className={classes['axis']} aria-hidden>
        <span>{format.date(from)}</span>
        <span>{format.date(to)}</span>
      </div>
    </div>
  )
}
