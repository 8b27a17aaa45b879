import { useMemo } from 'react'
import type { PointInfo } from '#shared/devices/contract.ts'
import type { Line } from '#shared/history/contract.ts'
import { useCall, useNow } from '../host.ts'

export type DayLines = { from: number; to: number; of: (series: number) => Line | undefined }

const slotMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000
const mostSeries = 20
const width = 96

/** The last 24 hours of what is measured, for the small lines beside the values. At most the first 40 points have one. */
export function useDayLines(points: readonly PointInfo[]): DayLines {
  const now = useNow()
  const to = Math.ceil(now / slotMs) * slotMs
  const from = to - dayMs
  const series = useMemo(
    () => points.filter(({ role, values }) => role === 'measure' && values === null).map((point) => point.series),
    [points],
  )
  const first = useCall(
    'history.chart',
    { series: series.slice(0, mostSeries), from, to, width },
    { keep: true, enabled: series.length > 0 },
  )
  const second = useCall(
    'history.chart',
    { series: series.slice(mostSeries, 2 * mostSeries), from, to, width },
    { keep: true, enabled: series.length > mostSeries },
  )
  return useMemo(() => {
    const lines = new Map([...(first.data?.lines ?? []), ...(second.data?.lines ?? [])].map((line) => [line.series, line]))
    return { from, to, of: (one) => lines.get(one) }
  }, [first.data, second.data, from, to])
}
