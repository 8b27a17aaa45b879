import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Measured data that may lie beside the project: see which of the files are there. */
const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data')

export function measured(...names: string[]): { name: string; path: string }[] {
  return names.map((name) => ({ name, path: join(folder, name) })).filter(({ path }) => existsSync(path))
}

/** The columns of a packed table by name; NaN for an empty cell. The column of times is UTC ms, taken as UTC where it names no zone. */
export function columnsOf(path: string, time: string): Map<string, Float64Array> {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  const rows = lines.map((line) => line.split(','))
  const cell = (text: string | undefined, name: string) => {
    if (text === undefined || text === '') return Number.NaN
    return name === time ? Date.parse(`${text.replace(' ', 'T').replace(/Z$/, '')}Z`) : Number(text)
  }
  const at = names.indexOf(time)
  rows.sort((a, b) => ((a[at] ?? '') < (b[at] ?? '') ? -1 : 1))
  return new Map(names.map((name, column) => [name, Float64Array.from(rows, (row) => cell(row[column], name))]))
}
