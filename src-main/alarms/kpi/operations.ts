import { kpiOf } from '#shared/alarms/kpi.ts'
import type { AlarmKpi, kpiRows } from '#shared/alarms/kpi-contract.ts'
import { addMonths, createCalendar } from '#shared/calendar.ts'
import type { Handlers } from '#shared/contract.ts'
import { Failure } from '#shared/failures.ts'
import { edgesOf } from '#shared/history/buckets.ts'
import { offsets } from '#shared/history/wall-clock.ts'
import type { Host } from '../../capability.ts'
import type { Context } from '../../dispatch.ts'
import { kpiFile } from './file.ts'
import { countActs, firstAt, readOccurrences } from './read.ts'

const dayMs = 86_400_000
const mostMs = 400 * dayMs
const byHourMs = 8 * dayMs

/** How well the alarms can be worked with. */
export function kpiOperations(host: Pick<Host, 'database' | 'clock' | 'timeZone'>): Handlers<typeof kpiRows, Context> {
  const kpi = async ({ from, to }: { from: number; to: number }): Promise<AlarmKpi> => {
    if (!(from < to) || to - from > mostMs) throw new Failure('input.invalid', { fields: 'from must be before to, within 400 days' })
    const until = Math.max(from, Math.min(to, host.clock()))
    const begin = Math.min(until, Math.max(from, (await firstAt(host.database)) ?? from))
    const [occurrences, acts] = await Promise.all([readOccurrences(host.database, begin, until), countActs(host.database, begin, until)])
    const edges = edgesOf(to - from > byHourMs ? 'day' : 'hour', from, to, host.timeZone)
    return kpiOf({ from: begin, to: until, edges: edges.map((edge) => Math.min(Math.max(edge, from), to)), occurrences, acts })
  }

  return {
    kpi,
    async kpiFile({ month, delimiter, decimal }) {
      const calendar = createCalendar(host.timeZone)
      const first = `${month}-01`
      const found = await kpi({ from: calendar.startOf(first), to: calendar.startOf(addMonths(first, 1)) })
      return kpiFile(found, { month, delimiter, decimal, ahead: offsets(calendar) })
    },
  }
}
