import type { Schedule } from '#shared/alarms/notify.ts'
import { barsOf, dayMinutes } from './week.ts'
import { useWeekdays, weekdays } from './weekdays.ts'
import classes from './Notify.module.css'

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** A week as seven rows of a day each, with the hours that count filled in; screen readers get the hours. */
export function WeekGrid({ week }: { week: Schedule['week'] }) {
  const days = useWeekdays()
  const bars = barsOf(week)
  return (
    <dl className={classes['week']}>
      {weekdays.map((day) => {
        const own = bars.filter((bar) => bar.day === day)
        const said = own.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ')
        return (
          <div key={day}>
            <dt>{days.short(day)}</dt>
            <dd>
              <span className={classes['day']} aria-hidden>
                {own.map(({ from, to }) => (
                  <i key={from} style={{ left: `${(from / dayMinutes) * 100}%`, width: `${((to - from) / dayMinutes) * 100}%` }} />
                ))}
              </span>
              <span className={classes['hours']}>{said === '' ? '–' : said}</span>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
