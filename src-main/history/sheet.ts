import { setImmediate as turn } from 'node:timers/promises'
import { cellStates, type TableRows } from '#shared/history/table.ts'
import { offsetText } from '#shared/history/wall-clock.ts'
import type { FileShape } from './export-csv.ts'

/** Rows that a sheet can have, with its head. */
export const mostSheetRows = 1_048_576
/** Places in the list of styles (sheet-book.ts). */
export const styles = { plain: 0, moment: 1, head: 2 } as const

const rowsAtOnce = 500
const dayMs = 86_400_000
/** 1970-01-01 in days as spreadsheets count them. */
const epochDay = 25_569
const markup = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const
const open = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A text inside of XML. Letters that XML does not have are written the way spreadsheets do it. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[&<>"]/g, (letter) => markup[letter as keyof typeof markup])
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (letter) =>
      letter === '\t' || letter === '\n' ? letter : `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
}

/** The letters of a column, 0 is A. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

export function textCellXml(place: string, text: string, style: number = styles.plain): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
}

/**
 * Takes rows from `rows` until the sheet is full. What did not fit stands in `left` afterwards; null when nothing is left. Texts are
 * written as texts, so that none of them is a formula.
 */
export async function* sheetPieces(
  rows: AsyncIterator<TableRows>,
  shape: FileShape,
  sheet: { left: TableRows | null },
  most = mostSheetRows,
): AsyncGenerator<Uint8Array> {
  const { offset, quality } = shape
  const fixed = offset ? 2 : 1
  const width = fixed + shape.titles.length * (quality ? 2 : 1)
  const names = Array.from({ length: width }, (_, column) => columnName(column))
  yield Buffer.from(beginning(shape, names))
  let line = 1
  for (;;) {
    if (sheet.left === null) {
      const next = await rows.next()
      if (next.done === true) break
      sheet.left = next.value
    }
    const { at, columns } = sheet.left
    const room = Math.min(at.length, most - line)
    for (let from = 0; from < room; from += rowsAtOnce) {
      let piece = ''
      for (let row = from; row < Math.min(room, from + rowsAtOnce); row++) piece += rowXml(sheet.left, row, ++line, shape, names)
      yield Buffer.from(piece)
      await turn()
    }
    const over = room < at.length
    sheet.left = over
      ? {
          at: at.subarray(room),
          columns: columns.map(({ value, state }) => ({ value: value.subarray(room), state: state.subarray(room) })),
        }
      : null
    if (over) break
  }
  yield Buffer.from('</sheetData></worksheet>')
}

function beginning({ titles, heads, zone, offset, quality }: FileShape, names: readonly string[]): string {
  const texts = [heads.time(zone), ...(offset ? [heads.offset] : [])]
  for (const title of titles) texts.push(title, ...(quality ? [`${title} ${heads.quality}`] : []))
  const widths = texts.map(
    (_, i) => `<col min="${i + 1}" max="${i + 1}" width="${i === 0 ? 20 : offset && i === 1 ? 12 : 18}" customWidth="1"/>`,
  )
  const cells = texts.map((text, i) => textCellXml(`${names[i] ?? ''}1`, text, styles.head))
  return (
    `${open}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">` +
    '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData><row r="1">${cells.join('')}</row>`
  )
}

function rowXml(
  { at, columns }: TableRows,
  row: number,
  line: number,
  { heads, offset, quality }: FileShape,
  names: readonly string[],
): string {
  const moment = at[row] as number
  const ahead = offset?.(moment) ?? 0
  let xml = `<row r="${line}"><c r="A${line}" s="${styles.moment}"><v>${(moment + ahead) / dayMs + epochDay}</v></c>`
  let place = 1
  if (offset) xml += textCellXml(`${names[place++] ?? ''}${line}`, offsetText(ahead))
  for (const { value, state } of columns) {
    const number = value[row] as number
    if (Number.isFinite(number)) xml += `<c r="${names[place] ?? ''}${line}"><v>${number}</v></c>`
    place++
    if (quality) xml += textCellXml(`${names[place++] ?? ''}${line}`, heads.state(cellStates[state[row] as number] ?? 'fault'))
  }
  return `${xml}</row>`
}
