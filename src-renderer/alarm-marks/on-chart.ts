import { useMemo } from 'react'
import { useQueries } from '@tanstack/react-query'
import type { CallOutput } from '#shared/api.ts'
import { comparePriority } from '#shared/alarms/priority.ts'
import type { Occurrence } from '#shared/alarms/row.ts'
import { useHost } from '../host.ts'
import { useAlarmWords } from '../alarms/words.ts'
import type { Drawn } from '../history/drawn.ts'
import type { Marker } from '../history/markers.ts'

/** So many alarms a chart bears before their marks hide its lines. */
export const mostAlarms = 60
/** An alarm that came up before the chart begins may still stand in it. */
const before = 7 * 86_400_000
const pageSize = 1000

/** Occurrences of alarms of the devices whose points are drawn that stood within the period. `left`: so many more, of less weight. */
export function useAlarmMarks(drawn: readonly Drawn[], from: number, to: number, wanted: boolean): { marks: Marker[]; left: number } {
  const { call } = useHost()
  const words = useAlarmWords()
  const devices = useMemo(() => [...new Set(drawn.map(({ device }) => device))], [drawn])
  const answers = useQueries({
    queries: (wanted ? devices : []).map((device) => {
      const input = { device, from: from - before, to, limit: pageSize }
      return {
        queryKey: ['alarms.history', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => call('alarms.history', input, signal),
      }
    }),
    combine: answersOf,
  })
  return useMemo(() => {
    const found = answers.flatMap((answer) => answer?.rows ?? [])
    const unseen = answers.reduce((sum, answer) => sum + (answer ? answer.total - answer.rows.length : 0), 0)
    const { kept, left } = weightiest(within(found, from, to), mostAlarms)
    const marks = kept.map((one): Marker => {
      return {
        at: one.raisedAt,
        until: one.clearedAt,
        kind: 'alarm',
        device: one.device ?? '',
        deviceName: one.deviceName,
        alarm: one.alarm,
        priority: one.priority,
        text: [one.ruleName, words.about(one), words.number(one.value, one)].filter(Boolean).join(' · '),
        limit: one.limit === null || one.series === null ? null : { series: one.series, value: one.limit },
      }
    })
    return { marks, left: left + unseen }
  }, [answers, from, to, words])
}

const answersOf = (all: readonly { data: CallOutput<'alarms.history'> | undefined }[]) => all.map(({ data }) => data)

/** Those that stood at some moment of [from, to), without what another alarm stood for. */
export function within(found: readonly Occurrence[], from: number, to: number): Occurrence[] {
  return found.filter(
    ({ raisedAt, clearedAt, hidden }) => hidden !== 'suppressed' && raisedAt < to && (clearedAt === null || clearedAt > from),
  )
}

/** The most urgent ones, of the same priority the newest, in the order of time. */
export function weightiest(found: readonly Occurrence[], most: number): { kept: Occurrence[]; left: number } {
  const ranked = found.toSorted((a, b) => comparePriority(a.priority, b.priority) || b.raisedAt - a.raisedAt)
  return { kept: ranked.slice(0, most).sort((a, b) => a.raisedAt - b.raisedAt), left: Math.max(0, found.length - most) }
}
