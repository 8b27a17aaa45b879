import { createCalendar } from '#shared/calendar.ts'
import type { ParsedOf } from '#shared/contract.ts'
import { exportFormats, type exportQuestion } from '#shared/history/table-contract.ts'
import type { TableRows } from '#shared/history/table.ts'
import { offsets } from '#shared/history/wall-clock.ts'
import type { Host } from '../capability.ts'
import type { Context } from '../dispatch.ts'
import type { Download } from '../download.ts'
import { csvPieces, type FileShape } from './export-csv.ts'
import { headsIn } from './export-head.ts'
import { rowsOf, type TableQuestion } from './rows.ts'
import { bookPieces } from './sheet-book.ts'
import { rowSource } from './table.ts'

const rowsAtOnce = 5000
const tellEveryMs = 300

/** A table as a file. It is read page by page while it is sent, and ends when whoever asked has gone. */
export function exportTable(host: Host, asked: ParsedOf<typeof exportQuestion>, { signal }: Context): Download {
  const { format, delimiter, decimal, zone, bom, quality, language, job } = asked
  const question: TableQuestion = { ...asked, series: [...new Set(asked.series)], figures: [...new Set(asked.figures)] }
  const now = host.clock()
  const calendar = createCalendar(host.timeZone)
  const heads = headsIn(host, language)
  const figures = question.step === 'raw' ? [null] : question.figures
  const shape: FileShape = {
    titles: question.series.flatMap((series) => figures.map((figure) => heads.column(series, figure))),
    heads,
    zone: zone === 'utc' ? 'UTC' : host.timeZone,
    offset: zone === 'utc' ? null : offsets(calendar),
    quality,
  }
  const found = rowsOf(rowSource(host, signal), question, rowsAtOnce, now)
  const rows = job === undefined ? found : counted(host, `history.export.${job}`, found, question)
  const dated = (at: number) => calendar.dateAt(Math.min(at, now))
  return {
    name: `${heads.sheet} ${dated(question.from)} ${dated(question.to - 1)}.${format}`,
    type: format === 'csv' ? `${exportFormats.csv}; charset=utf-8` : exportFormats.xlsx,
    pieces: format === 'csv' ? csvPieces(rows, shape, { delimiter, decimal, bom }) : bookPieces(rows, shape, now),
  }
}

/** Tells all clients how far it is, by the time that the rows have reached. */
async function* counted(
  host: Host,
  job: string,
  rows: AsyncIterable<TableRows>,
  { from, to }: { from: number; to: number },
): AsyncGenerator<TableRows> {
  const begin = Math.max(0, from)
  const total = Math.max(1, Math.min(to, host.clock()) - begin)
  let [done, told] = [0, Number.NEGATIVE_INFINITY]
  const tell = (state: 'running' | 'done' | 'cancelled') => host.events.announce({ event: 'jobs', job, done, total, state })
  let ended = false
  try {
    for await (const part of rows) {
      const now = host.clock()
      if (now - told > tellEveryMs) {
        told = now
        tell('running')
      }
      yield part
      done = Math.min(total, Math.max(done, (part.at.at(-1) ?? begin) - begin))
    }
    ended = true
    done = total
  } finally {
    tell(ended ? 'done' : 'cancelled')
  }
}
