import { tableColumns, tableLimits, type ImportRun, type TableCells, type TableColumn } from '#shared/commissioning/table.ts'
import { Failure } from '#shared/failures.ts'
import { parseCsv, separators, unguarded, type Separator } from './csv.ts'
import { decodeText } from './decode.ts'

export type TableText = Pick<ImportRun, 'encoding' | 'separator' | 'ignored'> & { rows: { line: number; cells: TableCells }[] }

/** A table of devices out of the bytes of a file. Throws table.unreadable, table.badQuote or table.tooLarge. */
export function readTable(bytes: Uint8Array): TableText {
  if (bytes.length > tableLimits.bytes) throw tooLarge()
  const { text, encoding } = decodeText(bytes)
  const { separator, body, firstLine } = separatorOf(text)
  const [head, ...rows] = parseCsv(body, separator)
  const columns = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  if (!columns.includes('host') || !columns.includes('name')) throw new Failure('table.unreadable', { context: 'head' })
  if (rows.length > tableLimits.rows) throw tooLarge()
  return {
    encoding,
    separator,
    ignored: columns.filter((column) => column !== '' && !isColumn(column)),
    rows: rows.map(({ line, cells }) => ({ line: line + firstLine, cells: named(columns, cells) })),
  }
}

const tooLarge = () => new Failure('table.tooLarge', { rows: tableLimits.rows, megabytes: tableLimits.bytes / 1e6 })

function named(columns: readonly string[], cells: readonly string[]): TableCells {
  const found: TableCells = {}
  columns.forEach((column, i) => {
    const cell = unguarded((cells[i] ?? '').trim())
    if (isColumn(column) && cell !== '') found[column] ??= cell.slice(0, tableLimits.cell)
  })
  return found
}

function isColumn(text: string): text is TableColumn {
  return (tableColumns as readonly string[]).includes(text)
}

/** The separator that brings most known columns out of the first line; a spreadsheet may also say it in a line of its own. */
function separatorOf(text: string): { separator: Separator; body: string; firstLine: number } {
  const said = /^sep=([;,\t])\r?\n/i.exec(text)
  if (said) return { separator: said[1] as Separator, body: text.slice(said[0].length), firstLine: 1 }
  const head = text.split('\n').find((line) => line.trim() !== '') ?? ''
  const known = (separator: Separator) =>
    head.split(separator).filter((cell) => isColumn(cell.replaceAll('"', '').trim().toLowerCase())).length
  return { separator: [...separators].sort((a, b) => known(b) - known(a))[0] ?? ';', body: text, firstLine: 0 }
}
