import { useFormat } from '../words.ts'
import classes from './Bars.module.css'

export type Bar = { at: number; label: string; value: number | null; interpolated: number; isGrey: boolean }

type BarsProps = { bars: readonly Bar[]; unit: string; decimals: number; label: string }

/** What was used in each interval. What was spread over a time without readings is drawn lighter, what is hardly measured grey. */
export function Bars({ bars, unit, decimals, label }: BarsProps) {
  const format = useFormat()
  const highest = Math.max(0, ...bars.map(({ value }) => value ?? 0))
  const height = (value: number) => `${highest > 0 ? (Math.max(0, value) / highest) * 100 : 0}%`
  const shown = ticksOf(bars)
  return (
    <figure className={classes['figure']} aria-label={label}>
      <div className={classes['scale']} aria-hidden>
        <span>{`${format.number(highest, decimals)} ${unit}`}</span>
        <span>0</span>
      </div>
      <div className={classes['bars']}>
        {bars.map((bar) => (
          <div
            key={bar.at}
            className={classes['bar']}
            title={`${bar.label}: ${bar.value === null ? '–' : `${format.number(bar.value, decimals)} ${unit}`}`}
            data-grey={bar.isGrey || undefined}
          >
            {bar.interpolated > 0 && <span className={classes['spread']} style={{ height: height(bar.interpolated) }} />}
            <span className={classes['counted']} style={{ height: height((bar.value ?? 0) - bar.interpolated) }} />
          </div>
        ))}
      </div>
      <div className={classes['ticks']} aria-hidden>
        {shown.map(({ at, label: text }) => (
          <span key={at}>{text}</span>
        ))}
      </div>
    </figure>
  )
}

/** The first bar, the last and few between them, evenly. */
function ticksOf(bars: readonly Bar[]): Bar[] {
  const wanted = Math.min(5, bars.length)
  const places = Array.from({ length: wanted }, (_, i) => (wanted === 1 ? 0 : Math.round((i * (bars.length - 1)) / (wanted - 1))))
  return places.flatMap((place) => bars[place] ?? [])
}
