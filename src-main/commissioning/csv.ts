import { tableLimits, type ImportRun } from '#shared/commissioning/table.ts'
import { Failure } from '#shared/failures.ts'

export type Separator = ImportRun['separator']
export type CsvRow = { line: number; cells: string[] }

export const separators: readonly Separator[] = [';', ',', '\t']

/**
 * Rows of a CSV text as RFC 4180 has it: quoted cells may hold separators, line ends and doubled quotes. Rows without anything in
 * them are left out; `line` is where a row begins, counted from 1. Throws table.badQuote for a quote without its end, and
 * table.tooLarge for more rows than can be meant.
 */
export function parseCsv(text: string, separator: Separator): CsvRow[] {
  const rows: CsvRow[] = []
  let [cells, cell, line, begun]: [string[], string, number, number] = [[], '', 1, 1]
  const endRow = () => {
    cells.push(cell)
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begun, cells })
    if (rows.length > tableLimits.rows + 1)
      throw new Failure('table.tooLarge', { rows: tableLimits.rows, megabytes: tableLimits.bytes / 1e6 })
    cells = []
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '"' && cell.trim() === '') {
      const end = quoteEnd(text, i, line)
      cell = text.slice(i + 1, end).replaceAll('""', '"')
      line += cell.split('\n').length - 1
      i = end
    } else if (char === separator) {
      cells.push(cell)
      cell = ''
    } else if (char === '\n') {
      endRow()
      begun = ++line
    } else if (char !== '\r') cell += char
  }
  if (cell !== '' || cells.length > 0) endRow()
  return rows
}

/** Where the quote that opens at `start` ends. */
function quoteEnd(text: string, start: number, line: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') return end
  }
  throw new Failure('table.badQuote', { line })
}

/** CSV with quotes where they are needed and line ends as spreadsheets want them; begins with a byte order mark. */
export function writeCsv(rows: readonly (readonly string[])[], separator: Separator = ';'): string {
  return '\uFEFF' + rows.map((cells) => cells.map((cell) => quoted(harmless(cell), separator)).join(separator)).join('\r\n') + '\r\n'
}

/** A cell that begins so is run as a formula by spreadsheets. */
const formula = /^[=+\-@\t\r]/

/** With an apostrophe before it a spreadsheet shows a formula instead of running it. */
function harmless(cell: string): string {
  return formula.test(cell) || /^'+[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}

/** Takes back what `writeCsv` put before a cell. */
export function unguarded(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

function quoted(cell: string, separator: Separator): string {
  return cell.includes(separator) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
