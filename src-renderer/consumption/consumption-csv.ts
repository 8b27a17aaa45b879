import type { ConsumptionLine } from '#shared/energy/contract.ts'
import { byteOrderMark, lineEnd, numberCells, textCell, type DecimalSign } from '#shared/history/csv.ts'
import { unitOf } from './consumption-address.ts'

export type CsvRow = { name: string; serial: string; line: ConsumptionLine }
const columns = ['meter', 'serial', 'from', 'to', 'value', 'unit', 'valid', 'interpolated', 'whole'] as const
/** Texts of the file: names of the columns, and what says whether an interval is whole. */
export type CsvWord = (typeof columns)[number] | 'yes' | 'no'

/** One row for each meter and interval, as spreadsheets of the language open it. `timeAt` writes a moment (UTC ms). */
export function consumptionCsv(
  rows: readonly CsvRow[],
  edges: readonly number[],
  word: (name: CsvWord) => string,
  sign: DecimalSign,
  timeAt: (at: number) => string,
): string {
  const delimiter = sign === 'comma' ? ';' : ','
  const number = numberCells(sign, delimiter)
  const text = (cell: string) => textCell(cell, delimiter)
  const lines = [columns.map((name) => text(word(name))).join(delimiter)]
  for (const { name, serial, line } of rows) {
    const partial = new Set(line.partial)
    line.value.forEach((value, i) => {
      const cells = [
        text(name),
        text(serial),
        timeAt(edges[i] ?? 0),
        timeAt(edges[i + 1] ?? 0),
        number(value ?? Number.NaN),
        unitOf[line.quantity],
        number(line.valid[i] ?? Number.NaN),
        number(line.interpolated[i] ?? Number.NaN),
        text(word(partial.has(i) ? 'no' : 'yes')),
      ]
      lines.push(cells.join(delimiter))
    })
  }
  return `${byteOrderMark}${lines.join(lineEnd)}${lineEnd}`
}
