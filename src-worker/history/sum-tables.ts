import { doubles, integers } from './columns.ts'
import type { Range } from './lines.ts'
import type { Reader, Source } from './reader.ts'
import { emptySums, realColumns, wholeColumns, type sumTables, type SumRows } from './sums.ts'

/** Sums of some series out of one sealed file; very many series are named by a temporary table. */
export type SumSource = Range & { source: Source; from: number; to: number; kind: (typeof sumTables)[number]; list: string | undefined }

/** Hands over the sums of many files, asked for in one question; `i` is the position of the file. */
export async function readSums(reader: Reader, sources: readonly SumSource[], take: (rows: SumRows, i: number) => void): Promise<void> {
  if (sources.length === 0) return
  const columns = [...wholeColumns, ...realColumns].map((name) => `"${name}"`).join(', ')
  const parts = sources.map(({ source, kind, series, from, to, list }, i) => {
    // A table of registers has little else than what is asked for: more is left out faster afterwards than compared by the engine.
    const which =
      kind === 'register' || isDense(series)
        ? `series BETWEEN ${least(series)} AND ${most(series)}`
        : list
          ? `series IN (SELECT series FROM ${list})`
          : `series IN (${series.join(', ')})`
    const entry = source.sealed?.entry
    const within =
      entry && entry.first * 1000 >= from && entry.last * 1000 < to ? '' : ` AND "at" >= ${from / 1000} AND "at" < ${to / 1000}`
    return `SELECT ${columns}, ${i}::UINTEGER AS file FROM ${source.sealed?.alias}."${kind}" WHERE ${which}${within}`
  })
  await reader.chunks(parts.join(' UNION ALL '), (chunk) => {
    const rows: SumRows = emptySums(0)
    wholeColumns.forEach((name, i) => (rows[name] = integers(chunk, i)))
    realColumns.forEach((name, i) => (rows[name] = doubles(chunk, wholeColumns.length + i)))
    rows.length = chunk.rowCount
    const file = integers(chunk, wholeColumns.length + realColumns.length)
    // A chunk comes from one file as a rule; where it does not, its rows are told apart.
    if (file.every((i) => i === file[0])) take(rows, file[0] ?? 0)
    else for (let row = 0; row < rows.length; row++) take(rowOf(rows, row), file[row] as number)
  })
}

function rowOf(rows: SumRows, row: number): SumRows {
  const one = emptySums(1)
  for (const name of wholeColumns) one[name][0] = rows[name][row] as number
  for (const name of realColumns) one[name][0] = rows[name][row] as number
  one.length = 1
  return one
}

/** Most numbers of their range: the others between them are left out faster afterwards than compared by the engine. */
export function isDense(series: readonly number[]): boolean {
  return series.length > 8 && series.length * 4 > most(series) - least(series)
}

export function least(numbers: readonly number[]): number {
  return numbers.reduce((found, number) => Math.min(found, number), Infinity)
}

export function most(numbers: readonly number[]): number {
  return numbers.reduce((found, number) => Math.max(found, number), 0)
}
