/** How a CSV file of readings is written. */
export const delimiters = { semicolon: ';', comma: ',', tab: '\t' } as const
export type Delimiter = keyof typeof delimiters
export const decimalSigns = { point: '.', comma: ',' } as const
export type DecimalSign = keyof typeof decimalSigns

export const lineEnd = '\r\n'
export const byteOrderMark = '\uFEFF'

/** What a spreadsheet takes for the beginning of a formula, also in its full-width form, behind blanks or behind a quote. */
const begins = /^[\s"'\u00A0\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212]|^[\t\r\n]/
/** The same behind a sign that another spreadsheet would take for the end of a cell. */
const inside = /([;,\t\r\n|]["'\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212])/g

/** A text as a cell that no spreadsheet runs, whatever delimiter it expects: an apostrophe stands before what looks like a formula. */
export function harmless(text: string): string {
  const within = text.replaceAll(inside, "$1'")
  return begins.test(within) ? `'${within}` : within
}

/** A text as a cell: harmless, and in quotes where they are needed. */
export function textCell(text: string, delimiter: string): string {
  const cell = harmless(text)
  return /["\r\n;,\t]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** A function that writes numbers as cells with all their digits; no number is an empty cell. */
export function numberCells(sign: DecimalSign, delimiter: string): (value: number) => string {
  if (sign === 'point') return (value) => (Number.isFinite(value) ? String(value) : '')
  const quoted = delimiter === ','
  return (value) => {
    if (!Number.isFinite(value)) return ''
    const text = String(value)
    if (!text.includes('.')) return text
    const written = text.replace('.', ',')
    return quoted ? `"${written}"` : written
  }
}
