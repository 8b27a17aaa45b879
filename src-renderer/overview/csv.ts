import { byteOrderMark, delimiters, lineEnd, numberCells, textCell } from '#shared/history/csv.ts'
import type { Calendar } from '#shared/calendar.ts'
import type { Cell, Row } from './table.ts'

export type CsvWords = {
  device: string
  place: string
  quality: string
  read: string
  /** Heading of a column, without its unit. */
  heading: (column: string) => string
  /** What a value is called where it is no plain number: OFF, the name of a state. Null for numbers. */
  named: (cell: Cell, value: number) => string | null
}

/**
 * The rows as they are shown, in their order: each column its value (all digits, in the unit of the heading) and its quality. Local time of the
 * installation. `comma`: decimal comma, with the semicolon that goes with it.
 */
export function csvOf(rows: readonly Row[], columns: readonly string[], words: CsvWords, comma: boolean, calendar: Calendar): string {
  const delimiter = comma ? delimiters.semicolon : delimiters.comma
  const number = numberCells(comma ? 'comma' : 'point', delimiter)
  const text = (value: string) => textCell(value, delimiter)
  const units = columns.map((_id, i) => [...new Set(rows.flatMap(({ cells }) => cells[i]?.shape.unit ?? []))])
  const heads = columns.flatMap((id, i) => {
    const unit = units[i]?.length === 1 && units[i]?.[0] ? ` (${units[i]?.[0]})` : ''
    return [text(words.heading(id) + unit), text(`${words.heading(id)}: ${words.quality}`)]
  })
  const lines = rows.map(({ device, cells, at }) => {
    const values = columns.flatMap((_id, i) => {
      const cell = cells[i]
      if (!cell || cell.value === null) return ['', text(cell?.quality ?? '')]
      const named = words.named(cell, cell.value)
      const mixed = (units[i]?.length ?? 0) > 1 ? ` ${cell.shape.unit}` : ''
      const shown = named !== null ? text(named) : mixed === '' ? number(cell.value) : text(`${cell.value}${mixed}`)
      return [shown, text(cell.quality ?? '')]
    })
    return [text(device.name), text(device.place), ...values, at === 0 ? '' : text(calendar.timeAt(at))].join(delimiter)
  })
  const head = [text(words.device), text(words.place), ...heads, text(words.read)].join(delimiter)
  return byteOrderMark + [head, ...lines].join(lineEnd) + lineEnd
}
