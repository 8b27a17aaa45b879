import { setImmediate as turn } from 'node:timers/promises'
import type { DecimalSign, Delimiter } from '#shared/history/csv.ts'
import { byteOrderMark, delimiters, lineEnd, numberCells, textCell } from '#shared/history/csv.ts'
import { cellStates, type TableRows } from '#shared/history/table.ts'
import { offsetText, stampText } from '#shared/history/wall-clock.ts'
import type { Heads } from './export-head.ts'

export type FileShape = {
  /** Text above each column of values. */
  titles: readonly string[]
  heads: Heads
  /** Name of the time zone of the time column. */
  zone: string
  /** Ms by which the time column is ahead of UTC; null for UTC. */
  offset: ((at: number) => number) | null
  quality: boolean
}

/** Rows written in one go, before others have a turn. */
const rowsAtOnce = 500

/** A table as CSV text, piece by piece. */
export async function* csvPieces(
  rows: AsyncIterable<TableRows>,
  { titles, heads, zone, offset, quality }: FileShape,
  form: { delimiter: Delimiter; decimal: DecimalSign; bom: boolean },
): AsyncGenerator<Uint8Array> {
  const delimiter = delimiters[form.delimiter]
  const text = (cell: string) => textCell(cell, delimiter)
  const number = numberCells(form.decimal, delimiter)
  const states = cellStates.map((state) => text(heads.state(state)))
  const head = [heads.time(zone), ...(offset ? [heads.offset] : [])].map(text)
  for (const title of titles) head.push(text(title), ...(quality ? [text(`${title} ${heads.quality}`)] : []))
  yield Buffer.from((form.bom ? byteOrderMark : '') + head.join(delimiter) + lineEnd)
  for await (const { at, columns } of rows) {
    for (let from = 0; from < at.length; from += rowsAtOnce) {
      const to = Math.min(at.length, from + rowsAtOnce)
      let piece = ''
      for (let row = from; row < to; row++) {
        const moment = at[row] as number
        const ahead = offset?.(moment) ?? 0
        piece += stampText(moment + ahead)
        if (offset) piece += delimiter + offsetText(ahead)
        for (const { value, state } of columns) {
          piece += delimiter + number(value[row] as number)
          if (quality) piece += delimiter + (states[state[row] as number] ?? '')
        }
        piece += lineEnd
      }
      yield Buffer.from(piece)
      await turn()
    }
  }
}
