import type { FaultKind } from './cell.ts'
import { columns, emptyCells, type Cells, type Column } from './cells.ts'

/** What is wrong with a CSV file as a file: `line` counts from 1. */
export type TableFault = { line: number; column: string; fault: FaultKind }

export type Table = { rows: { line: number; cells: Cells }[]; faults: TableFault[] }

const mostRows = 5000
const mostLetters = 4_000_000

/** A table of points as CSV with semicolons, which spreadsheets of both kinds of decimal sign open. */
export function writeCsv(rows: readonly Cells[]): string {
  const lines = [columns.join(';'), ...rows.map((cells) => columns.map((column) => quoted(guarded(cells[column]))).join(';'))]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** Reads what `writeCsv` wrote or a person made: columns in any order, comma, semicolon or tab between cells. Never throws. */
export function readCsv(text: string): Table {
  if (text.length > mostLetters) return { rows: [], faults: [{ line: 1, column: '', fault: 'range' }] }
  const lines = linesOf(text.replace(/^\uFEFF/, ''))
  const [head, ...rest] = lines
  if (!head) return { rows: [], faults: [{ line: 1, column: 'id', fault: 'missing' }] }
  const names = head.cells.map((cell) => cell.trim())
  const known = names.map((name) => columns.find((column) => column === name.toLowerCase()))
  const faults: TableFault[] = [
    ...names.flatMap((name, i) => (known[i] || name === '' ? [] : [{ line: head.line, column: name, fault: 'column' as const }])),
    ...known.flatMap((name, i) => (name && known.indexOf(name) < i ? [{ line: head.line, column: name, fault: 'twice' as const }] : [])),
    ...(['id', 'number', 'role'] as const).flatMap((name) =>
      known.includes(name) ? [] : [{ line: head.line, column: name, fault: 'missing' as const }],
    ),
  ]
  if (rest.length > mostRows) faults.push({ line: mostRows + 2, column: '', fault: 'range' })
  const rows = rest.slice(0, mostRows).map(({ line, cells }) => ({ line, cells: rowOf(known, cells) }))
  return { rows, faults }
}

function rowOf(known: readonly (Column | undefined)[], cells: readonly string[]): Cells {
  const row = { ...emptyCells }
  known.forEach((column, i) => {
    if (column) row[column] = unguarded((cells[i] ?? '').trim())
  })
  return row
}

type Line = { line: number; cells: string[] }

/** Lines of a CSV text with their cells, empty lines left out. The sign between cells is the one that the first line has most of. */
function linesOf(text: string): Line[] {
  const first = text.slice(0, /[\r\n]/.exec(text)?.index ?? text.length)
  const between = [';', ',', '\t'].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best))
  const lines: Line[] = []
  let [cells, cell, quote, line, started]: [string[], string, boolean, number, number] = [[], '', false, 1, 1]
  const endLine = () => {
    cells.push(cell)
    if (cells.some((one) => one.trim() !== '')) lines.push({ line: started, cells })
    ;[cells, cell, started] = [[], '', line + 1]
  }
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? ''
    if (quote) {
      if (sign === '\n') line++
      if (sign !== '"') cell += sign
      else if (text[i + 1] === '"') cell += text[++i]
      else quote = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      quote = true
    } else if (sign === between) {
      cells.push(cell)
      cell = ''
    } else if (sign === '\n' || (sign === '\r' && text[i + 1] !== '\n')) {
      endLine()
      line++
    } else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || cells.length > 0) endLine()
  return lines
}

function quoted(cell: string): string {
  return /[";,\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** A spreadsheet would run what begins with =, + or @, and minus when no number follows. */
function guarded(cell: string): string {
  return /^[=+@\t]|^-(?!\d)|^'/.test(cell) ? `'${cell}` : cell
}

function unguarded(cell: string): string {
  return /^'([=+@\t'-])/.test(cell) ? cell.slice(1) : cell
}
