import { Suspense, lazy, useMemo, useState } from 'react'
import { Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#shared/calendar.ts'
import { Legend } from '../history/Legend.tsx'
import { useAlarmMarks } from '../alarm-marks/on-chart.ts'
import { MarkerList } from '../history/MarkerList.tsx'
import { titleOf, type Drawn } from '../history/drawn.ts'
import { layoutOf } from '../history/figure.ts'
import { useFigureTheme } from '../history/figure-theme.ts'
import { pinsOf, useMarkers } from '../history/markers.ts'
import type { ChartOptions } from '../history/options.ts'
import { QualityKey } from '../history/QualityKey.tsx'
import { courseOf } from '../history/series.ts'
import { qualityStrokes } from '../history/quality-strip.ts'
import type { Trace } from '../history/plotly-types.ts'
import { axisName, qualityAxis, rangesOf, scaffoldOf, stateAxis, type Scaffold } from '../history/scaffold.ts'
import { strokesOf } from '../history/strokes.ts'
import { ticksOf } from '../history/ticks.ts'
import { useSteady } from '../history/use-steady.ts'
import { usePointNames } from '../point-names.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import type { Length } from './live-window.ts'
import { useLiveCourses, type Pause } from './use-live-courses.ts'
import classes from '../history/ChartPanel.module.css'

const Plot = lazy(() => import('../history/Plot.tsx').then((file) => ({ default: file.Plot })))

type LivePanelProps = {
  drawn: readonly Drawn[]
  length: Length
  pause: Pause | null
  calendar: Calendar
  options: ChartOptions
  onDrop: (series: number) => void
}

/**
 * The lines as they come in. plotly draws only the frame, which moves seldom; the lines stand on the sheet over it, so that a value
 * costs a small part of a frame.
 */
export function LivePanel({ drawn, length, pause, calendar, options, onDrop }: LivePanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const names = usePointNames()
  const theme = useFigureTheme()
  const { ref, width } = useElementSize()
  const [cursor, setCursor] = useState<number | null>(null)
  const { courses, looks, from, to, span, known, error, refetch } = useLiveCourses(drawn, length, pause, theme.dark)
  const { markers } = useMarkers(drawn, span.from, span.to, options.changes)
  const { marks } = useAlarmMarks(drawn, span.from, span.to, options.alarms)
  const shownMarkers = useMemo(
    () => [...markers, ...marks].filter((one) => one.at < to && (one.kind === 'alarm' ? (one.until ?? to) : one.at) >= from),
    [markers, marks, from, to],
  )
  const ranges = useSteady(rangesOf(courses, from, to))
  const { strokes: bars, rows } = useMemo(() => qualityStrokes(courses, theme), [courses, theme])
  const still = useMemo(
    () => drawn.map((one, i) => courseOf(one, looks[i] ?? { color: theme.quiet, dash: 'solid' }, undefined, [])),
    [drawn, looks, theme],
  )
  const traces = useMemo(() => axesOf(scaffoldOf(still)), [still])
  // Marks for two windows, so that they stay the same while one moves over them.
  const block = Math.floor(from / (to - from)) * (to - from)
  const bothMs = 2 * (to - from)
  const ticks = useMemo(() => ticksOf(block, block + bothMs, 2 * (width - 40), calendar, format), [block, bothMs, width, calendar, format])
  const layout = useMemo(
    () =>
      layoutOf(
        {
          courses: still,
          past: [],
          ranges,
          from,
          to,
          ticks,
          theme,
          touch: true,
          narrow: width < 600,
          separators: format.separators,
          nameOf: ({ point }) => names.name(point),
        },
        scaffoldOf(still),
        rows,
      ),
    [still, ranges, from, to, ticks, width, format.separators, theme, names, rows],
  )
  const overlay = useMemo(
    () => ({
      strokes: [...bars, ...strokesOf(courses, () => 0, scaffoldOf(courses))],
      pins: pinsOf(shownMarkers, theme),
      now: null,
      cursor,
      ink: theme.text,
      quiet: theme.quiet,
    }),
    [bars, courses, shownMarkers, theme, cursor],
  )
  const height = width < 600 ? 340 : 460
  return (
    <Panel>
      {error && <Failed told={tell(error)} onRetry={refetch} />}
      <div ref={ref} className={classes['frame']} style={{ minHeight: height }}>
        {width > 0 && (
          <Suspense fallback={null}>
            <Plot
              traces={traces}
              layout={layout}
              overlay={overlay}
              height={height}
              label={t('live.label', { names: drawn.map((one) => titleOf(one, names.full, true)).join(', ') })}
              onCursor={setCursor}
            />
          </Suspense>
        )}
        {known && courses.every(({ at }) => at.length === 0) && (
          <div className={classes['over']}>
            <Text c="dimmed">{t('live.waiting')}</Text>
          </div>
        )}
      </div>
      <QualityKey courses={courses} theme={theme} />
      <MarkerList markers={shownMarkers} more={false} left={0} several cursor={cursor} reach={width > 0 ? (8 * (to - from)) / width : 0} />
      <Legend courses={courses} past={null} several cursor={cursor} from={from} to={to} calendar={calendar} onDrop={onDrop} />
    </Panel>
  )
}

/** plotly draws an axis only when something stands on it: here a mark far before the window. */
function axesOf({ units, stepped }: Scaffold): Trace[] {
  const axes = [...units.map((_, i) => axisName(i)), ...(stepped.length > 0 ? [stateAxis] : []), qualityAxis]
  return axes.map((yaxis) => ({ type: 'scatter', mode: 'markers', x: [0], y: [0], yaxis, hoverinfo: 'skip' }))
}
