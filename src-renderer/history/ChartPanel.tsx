import { Suspense, lazy, useMemo, useState } from 'react'
import { Button, Loader, Text } from '@mantine/core'
import { useElementSize, useMediaQuery } from '@mantine/hooks'
import { IconZoomReset } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Calendar } from '#shared/calendar.ts'
import { useCall } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { Legend } from './Legend.tsx'
import { QualityKey } from './QualityKey.tsx'
import { figureOf } from './figure.ts'
import { useFigureTheme } from './figure-theme.ts'
import { useLiveEnd } from './live-end.ts'
import { looksOf } from './palette.ts'
import type { Period } from './period.ts'
import { courseOf } from './series.ts'
import { ticksOf } from './ticks.ts'
import classes from './ChartTab.module.css'

const Plot = lazy(() => import('./Plot.tsx').then((file) => ({ default: file.Plot })))

type Range = { from: number; to: number }
type ChartPanelProps = {
  points: readonly PointInfo[]
  period: Period
  zoom: Range | null
  calendar: Calendar
  onZoom: (range: Range | null) => void
  onDrop: (id: string) => void
}

const storedEveryMs = 300_000
const slotMs = 15 * 60_000

/** The drawing of the chosen lines, with the values under the cursor below it. */
export function ChartPanel({ points, period, zoom, calendar, onZoom, onDrop }: ChartPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const names = usePointNames()
  const theme = useFigureTheme()
  const touch = useMediaQuery('(hover: none), (pointer: coarse)', undefined, { getInitialValueInEffect: false })
  const { ref, width } = useElementSize()
  const [cursor, setCursor] = useState<number | null>(null)
  const { from, to } = zoom ?? period
  const series = points.map((point) => point.series)
  const asked = useAsked(from, to)
  const { data, error, isFetching, refetch } = useCall(
    'history.chart',
    { series, ...asked, width: Math.max(200, Math.ceil(width / 200) * 200) },
    { keep: true, enabled: width > 0, ...(period.current ? { every: storedEveryMs } : {}) },
  )
  const live = useLiveEnd(series, period.current)
  const courses = useMemo(() => {
    const looks = looksOf(points, theme.dark)
    return points.map((point, i) =>
      courseOf(
        point,
        looks[i] ?? { color: theme.text, dash: 'solid' },
        data?.lines.find((line) => line.series === point.series),
        live.get(point.series) ?? [],
      ),
    )
  }, [points, data, theme, live])
  const now = period.current ? courses.reduce((last, { at }) => Math.max(last, at.at(-1) ?? 0), 0) || null : null
  const figure = useMemo(
    () =>
      figureOf({
        courses,
        from,
        to,
        now,
        ticks: ticksOf(from, to, width - 40, calendar, format),
        theme,
        touch: touch ?? false,
        narrow: width < 600,
        separators: format.separators,
        nameOf: ({ point }) => names.name(point),
      }),
    [courses, from, to, now, width, calendar, format, theme, touch, names],
  )
  const nothing = data !== undefined && courses.every(({ at }) => !at.some((moment) => moment >= from && moment < to))
  const height = width < 600 ? 340 : 460
  return (
    <Panel>
      <div className={classes['head']}>
        <Text size="sm" c="dimmed" role="status">
          {isFetching
            ? t('chart.loading')
            : zoom
              ? t('chart.zoomed', { from: format.dateTime(from), to: format.dateTime(to) })
              : touch
                ? t('chart.tapHint')
                : t('chart.zoomHint')}
        </Text>
        {zoom && (
          <Button size="xs" variant="default" leftSection={<IconZoomReset size={15} stroke={1.6} />} onClick={() => onZoom(null)}>
            {t('chart.zoomReset')}
          </Button>
        )}
      </div>
      {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      <div ref={ref} className={classes['frame']} style={{ minHeight: height }}>
        {width > 0 && (
          <Suspense fallback={<Centred />}>
            <Plot
              traces={figure.traces}
              layout={figure.layout}
              height={height}
              label={t('chart.label', { names: points.map(names.full).join(', ') })}
              onCursor={setCursor}
              onZoom={onZoom}
            />
          </Suspense>
        )}
        {!data && !error && <Centred />}
        {nothing && (
          <div className={classes['over']}>
            <Text c="dimmed">{t('chart.nothing')}</Text>
          </div>
        )}
      </div>
      <QualityKey courses={courses} theme={theme} />
      <Legend courses={courses} cursor={cursor} from={from} to={to} calendar={calendar} onDrop={onDrop} />
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

/** What is asked for: whole quarter hours and a little to either side, so that lines run to the edges. */
function useAsked(from: number, to: number): Range {
  const margin = Math.max(slotMs, Math.ceil((to - from) / 20 / slotMs) * slotMs)
  const [start, end] = [Math.floor(from / slotMs) * slotMs - margin, Math.ceil(to / slotMs) * slotMs + margin]
  return useMemo(() => ({ from: start, to: end }), [start, end])
}
