import { Button, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { clockText, dayMinutes, type Period } from './schedule.ts'
import classes from './WeekPeriod.module.css'

type WeekPeriodProps = { number: number; period: Period; onChange: (period: Period) => void }

/** Controllers keep week programs on a grid of half hours. */
const stepMinutes = 30
const grid = Array.from({ length: dayMinutes / stepMinutes + 1 }, (_, i) => i * stepMinutes)

/** From when to when it is comfortable. A value off the grid stays choosable. */
export function WeekPeriod({ number, period, onChange }: WeekPeriodProps) {
  const { t } = useTranslation()
  const used = period.start !== period.stop
  const field = (edge: 'start' | 'stop') => (
    <NativeSelect
      label={`${t('settings.comfortPeriod', { number })}: ${t(`week.${edge}`)}`}
      value={String(period[edge])}
      data={[...new Set([...grid, period[edge]])]
        .sort((a, b) => a - b)
        .map((minutes) => ({ value: String(minutes), label: clockText(minutes) }))}
      onChange={({ currentTarget: { value } }) => onChange({ ...period, [edge]: Number(value) })}
    />
  )
  return (
    <div className={classes['period']}>
      {field('start')}
      {field('stop')}
      <Button variant="default" px="sm" disabled={!used} onClick={() => onChange({ start: dayMinutes, stop: dayMinutes })}>
        {used ? t('week.unuse') : t('week.unused')}
      </Button>
    </div>
  )
}
