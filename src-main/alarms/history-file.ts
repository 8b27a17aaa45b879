import { unitOf } from '#shared/alarms/measured.ts'
import type { Occurrence } from '#shared/alarms/row.ts'
import { byteOrderMark, delimiters, lineEnd, numberCells, textCell, type DecimalSign, type Delimiter } from '#shared/history/csv.ts'
import type { Download } from '../download.ts'

const heads = [
  'raised',
  'cleared',
  'duration (min)',
  'priority',
  'alarm',
  'kind',
  'device',
  'place',
  'point',
  'part',
  'value',
  'limit',
  'unit',
  'acknowledged',
  'by',
  'comment',
  'hidden',
]

/** Occurrences as a table; times are UTC. `pages` are asked for one after the other. */
export function historyFile(pages: AsyncIterable<Occurrence[]>, delimiter: Delimiter, decimal: DecimalSign): Download {
  const sign = delimiters[delimiter]
  const number = numberCells(decimal, sign)
  const line = (cells: readonly (string | number | null)[]) =>
    cells.map((cell) => (cell === null ? '' : typeof cell === 'number' ? number(cell) : textCell(cell, sign))).join(sign) + lineEnd
  async function* pieces() {
    const encoder = new TextEncoder()
    yield encoder.encode(byteOrderMark + line(heads))
    for await (const rows of pages) yield encoder.encode(rows.map((row) => line(cellsOf(row))).join(''))
  }
  return { name: 'alarms.csv', type: 'text/csv; charset=utf-8', pieces: pieces() }
}

function cellsOf(row: Occurrence): (string | number | null)[] {
  const { raisedAt, clearedAt, acknowledged } = row
  return [
    timeOf(raisedAt),
    clearedAt === null ? null : timeOf(clearedAt),
    clearedAt === null ? null : Math.round((clearedAt - raisedAt) / 6000) / 10,
    row.priority,
    row.ruleName,
    row.kind,
    row.deviceName,
    row.place,
    row.point,
    row.part,
    row.value,
    row.limit,
    unitOf(row),
    acknowledged ? timeOf(acknowledged.at) : null,
    acknowledged?.by ?? null,
    acknowledged?.comment ?? null,
    row.hidden,
  ]
}

const timeOf = (at: number) => new Date(at).toISOString()
