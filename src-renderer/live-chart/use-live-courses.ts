import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useCall, useHost } from '../host.ts'
import type { Drawn } from '../history/drawn.ts'
import { looksOf } from '../history/palette.ts'
import { courseOf, type Course } from '../history/series.ts'
import { lengths, shownIn, windowAt, type Length } from './live-window.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const longestMs = (lengths.at(-1) ?? 60) * minuteMs
const storedEveryMs = 300_000
const plain = { color: '#808080', dash: 'solid' } as const

/** What stands still while the chart is paused. Everything that comes in is recorded all the same. */
export type Pause = { at: number }

/** Records the lines, and answers what of them the window shows. */
export function useLiveCourses(drawn: readonly Drawn[], length: Length, pause: Pause | null, dark: boolean) {
  const { recorder, ticker } = useHost()
  const series = useMemo(() => drawn.map(({ point }) => point.series), [drawn])
  useEffect(() => {
    const chosen = drawn.flatMap(({ point, reference }) => (reference ? [] : [point.series]))
    recorder.record(series, chosen)
  }, [recorder, series, drawn])
  const version = useSyncExternalStore(recorder.subscribe, recorder.version)
  const moving = useSyncExternalStore(ticker.subscribe, () => windowAt(ticker.now(), length).to)
  useEffect(() => recorder.look(), [recorder, moving])
  const to = pause ? windowAt(pause.at, length).to : moving
  const from = to - length * minuteMs
  const hour = Math.floor(moving / hourMs) * hourMs
  // By the hour, so that the question stays the same while the window moves.
  const span = { from: (pause ? Math.floor(pause.at / hourMs) * hourMs : hour) - longestMs, to: hour + 2 * hourMs }
  const stored = useCall(
    'history.chart',
    { series, ...span, width: 2000 },
    { keep: true, enabled: series.length > 0, every: storedEveryMs },
  )
  const looks = useMemo(() => looksOf(drawn, dark), [drawn, dark])
  const until = pause?.at ?? Number.POSITIVE_INFINITY
  const courses = useMemo((): Course[] => {
    const lines = new Map(stored.data?.lines.map((line) => [line.series, line]))
    return drawn.map((one, i) => {
      const line = shownIn(from, until, lines.get(one.point.series), version >= 0 ? recorder.of(one.point.series) : undefined)
      return courseOf(one, looks[i] ?? plain, line, [])
    })
  }, [drawn, looks, stored.data, from, until, recorder, version])
  return { courses, looks, from, to, span, known: stored.data !== undefined, error: stored.error, refetch: () => void stored.refetch() }
}
