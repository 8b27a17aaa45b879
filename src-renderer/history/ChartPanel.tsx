import { Suspense, lazy, useMemo, useState, type ReactNode } from 'react'
import { Button, Loader, Text } from '@mantine/core'
import { useElementSize, useMediaQuery } from '@mantine/hooks'
import { IconZoomReset } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '#shared/calendar.ts'
import { usePointNames } from '../point-names.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { Legend } from './Legend.tsx'
import { useAlarmMarks } from '../alarm-marks/on-chart.ts'
import { limitsOf } from './limits.ts'
import { MarkerList } from './MarkerList.tsx'
import { QualityKey } from './QualityKey.tsx'
import { titleOf, type Drawn } from './drawn.ts'
import { figureOf, type FigureInput } from './figure.ts'
import { useFigureTheme } from './figure-theme.ts'
import { pinsOf, useMarkers } from './markers.ts'
import type { ChartOptions } from './options.ts'
import type { Period } from '../period/period.ts'
import { rangesOf } from './scaffold.ts'
import { strokesOf } from './strokes.ts'
import { ticksOf } from './ticks.ts'
import { useSteady } from './use-steady.ts'
import { useCourses } from './use-courses.ts'
import classes from './ChartPanel.module.css'

const loadPlot = () => import('./Plot.tsx').then((file) => ({ default: file.Plot }))
const Plot = lazy(loadPlot)

type Span = { from: number; to: number }
type ChartPanelProps = {
  drawn: readonly Drawn[]
  /** Lines are called with their device. */
  several: boolean
  period: Period
  zoom: Span | null
  calendar: Calendar
  options: ChartOptions
  onZoom: (range: Span | null) => void
  onDrop: (series: number) => void
  /** What a printed chart is called. */
  title: string
  /** Ways to other screens with the same choice. */
  links?: ReactNode
}

/** The drawing of the chosen lines, with what happened and the values under the cursor below it. */
export function ChartPanel({ drawn, several, period, zoom, calendar, options, title, links, onZoom, onDrop }: ChartPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const names = usePointNames()
  const theme = useFigureTheme()
  const touch = useMediaQuery('(hover: none), (pointer: coarse)', undefined, { getInitialValueInEffect: false }) ?? false
  const { ref, width } = useElementSize()
  const [cursor, setCursor] = useState<number | null>(null)
  const { from, to } = zoom ?? period
  const { current } = period
  const shown = useCourses({ drawn, from, to, width, current, past: options.past, dark: theme.dark, calendar })
  const { stored, courses, past } = shown
  const changes = useMarkers(drawn, period.from, period.to, options.changes)
  const alarms = useAlarmMarks(drawn, period.from, period.to, options.alarms || options.limits)
  const markers = useMemo(
    () => (options.alarms ? [...alarms.marks, ...changes.markers].sort((a, b) => a.at - b.at) : changes.markers),
    [alarms.marks, changes.markers, options.alarms],
  )
  const ranges = useSteady(rangesOf([...courses, ...past], from, to))
  const input = useMemo<FigureInput>(
    () => ({
      courses: stored,
      past,
      ranges,
      from,
      to,
      ticks: ticksOf(from, to, width - 40, calendar, format),
      theme,
      touch,
      narrow: width < 600,
      separators: format.separators,
      // Where there is room for few letters, what it is comes before where it is.
      nameOf: (course) => (several ? `${names.name(course.point)} · ${course.deviceName}` : names.name(course.point)),
    }),
    [stored, past, ranges, from, to, width, calendar, format, theme, touch, names, several],
  )
  const figure = useMemo(() => figureOf(input), [input])
  const overlay = useMemo(
    () => ({
      strokes: [
        ...strokesOf(courses, (_, i) => (stored[i]?.at.length ?? 0) - 1, figure.scaffold),
        ...(options.limits ? limitsOf(alarms.marks, courses, figure.scaffold, { from, to }) : []),
      ],
      pins: pinsOf(markers, theme),
      now: current ? courses.reduce((last, { at }) => Math.max(last, at.at(-1) ?? 0), 0) || null : null,
      cursor,
      ink: theme.text,
      quiet: theme.quiet,
    }),
    [courses, stored, figure, markers, alarms.marks, options.limits, from, to, theme, current, cursor],
  )
  const nothing = shown.known && [...courses, ...past].every(({ at }) => !at.some((moment) => moment >= from && moment < to))
  const height = width < 600 ? 340 : 460
  return (
    <Panel>
      <div className={classes['head']}>
        <Text size="sm" c="dimmed" role="status">
          {shown.isFetching
            ? t('chart.loading')
            : zoom
              ? t('chart.zoomed', { from: format.dateTime(from), to: format.dateTime(to) })
              : touch
                ? t('chart.tapHint')
                : t('chart.zoomHint')}
        </Text>
        <div className={classes['actions']}>
          {zoom && (
            <Button size="xs" variant="default" leftSection={<IconZoomReset size={15} stroke={1.6} />} onClick={() => onZoom(null)}>
              {t('chart.zoomReset')}
            </Button>
          )}
          {links}
          <ExportMenu title={title} figure={{ ...input, courses }} markers={markers} several={several} calendar={calendar} />
        </div>
      </div>
      {shown.error && <Failed told={tell(shown.error)} onRetry={shown.refetch} />}
      <div ref={ref} className={classes['frame']} style={{ minHeight: height }}>
        {width > 0 && (
          <Suspense fallback={<Centred />}>
            <Plot
              traces={figure.traces}
              layout={figure.layout}
              overlay={overlay}
              height={height}
              label={t('chart.label', { names: drawn.map((one) => titleOf(one, names.full, several)).join(', ') })}
              onCursor={setCursor}
              onZoom={onZoom}
            />
          </Suspense>
        )}
        {!shown.known && !shown.error && <Centred />}
        {nothing && (
          <div className={classes['over']}>
            <Text c="dimmed">{t('chart.nothing')}</Text>
          </div>
        )}
      </div>
      <QualityKey courses={stored} theme={theme} />
      <MarkerList
        markers={markers}
        more={changes.more}
        left={options.alarms ? alarms.left : 0}
        several={several}
        cursor={cursor}
        reach={width > 0 ? (8 * (to - from)) / width : 0}
      />
      <Legend
        courses={courses}
        past={options.past ? past : null}
        several={several}
        cursor={cursor}
        from={from}
        to={to}
        calendar={calendar}
        onDrop={onDrop}
      />
    </Panel>
  )
}

function Centred() {
  return (
    <div className={classes['over']}>
      <Loader size="sm" color="gray" />
    </div>
  )
}
