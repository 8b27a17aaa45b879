import { useMemo } from 'react'
import type { Calendar } from '#shared/calendar.ts'
import { useCall } from '../host.ts'
import type { Drawn } from './drawn.ts'
import { useLiveEnd } from './live-end.ts'
import { looksOf } from './palette.ts'
import { yearBefore } from './past.ts'
import { courseOf } from './series.ts'

type Wanted = {
  drawn: readonly Drawn[]
  from: number
  to: number
  /** px; 0 until it is known. */
  width: number
  current: boolean
  past: boolean
  dark: boolean
  calendar: Calendar
}
type Span = { from: number; to: number }

const storedEveryMs = 300_000
const slotMs = 15 * 60_000

/**
 * The courses of a chart: `stored` as the store has them, `courses` with what came in since, `past` those of a year before laid over.
 */
export function useCourses({ drawn, from, to, width, current, past: wantsPast, dark, calendar }: Wanted) {
  const series = useMemo(() => drawn.map(({ point }) => point.series), [drawn])
  const asked = useMemo(() => askedFor(from, to), [from, to])
  const buckets = Math.max(200, Math.ceil(width / 200) * 200)
  const enabled = width > 0 && series.length > 0
  const now = useCall(
    'history.chart',
    { series, ...asked, width: buckets },
    { keep: true, enabled, ...(current ? { every: storedEveryMs } : {}) },
  )
  const before = useMemo(() => (wantsPast ? yearBefore(calendar, asked.from, asked.to) : null), [wantsPast, calendar, asked])
  const then = useCall(
    'history.chart',
    { series, ...(before?.range ?? asked), width: buckets },
    { keep: true, enabled: enabled && before?.range !== null && wantsPast },
  )
  const live = useLiveEnd(series, current, width > 0 ? (to - from) / width : 0)
  const looks = useMemo(() => looksOf(drawn, dark), [drawn, dark])
  const lines = useMemo(() => new Map(now.data?.lines.map((line) => [line.series, line])), [now.data])
  const stored = useMemo(
    () => drawn.map((one, i) => courseOf(one, looks[i] ?? plain, lines.get(one.point.series), [])),
    [drawn, looks, lines],
  )
  const courses = useMemo(
    () => drawn.map((one, i) => courseOf(one, looks[i] ?? plain, lines.get(one.point.series), live.get(one.point.series) ?? [])),
    [drawn, looks, lines, live],
  )
  const past = useMemo(() => {
    if (!before || !then.data) return []
    const laid = new Map(then.data.lines.map((line) => [line.series, before.lay(line)]))
    return drawn.map((one, i) => courseOf(one, looks[i] ?? plain, laid.get(one.point.series), []))
  }, [before, then.data, drawn, looks])
  return {
    stored,
    courses,
    past,
    known: now.data !== undefined,
    error: now.error ?? (wantsPast ? then.error : null),
    isFetching: now.isFetching || (wantsPast && then.isFetching),
    refetch: () => void Promise.all([now.refetch(), ...(wantsPast ? [then.refetch()] : [])]),
  }
}

const plain = { color: '#808080', dash: 'solid' } as const

/** What is asked for: whole quarter hours and a little to either side, so that lines run to the edges. */
function askedFor(from: number, to: number): Span {
  const margin = Math.max(slotMs, Math.ceil((to - from) / 20 / slotMs) * slotMs)
  return { from: Math.floor(from / slotMs) * slotMs - margin, to: Math.ceil(to / slotMs) * slotMs + margin }
}
