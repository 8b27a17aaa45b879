import { bytes, doubles, integers, seconds, values } from './columns.ts'
import type { Database } from './database.ts'
import type { Reader, Source } from './reader.ts'
import { emptyRows, type Rows } from './rows.ts'

const everySecond: [number, number] = [0, 2 ** 32 - 1]

/**
 * Hands over the newest sample of every series in the database, older ones of the same series possibly before it. Of sealed files only the
 * sums of months are read to the whole, so that years of samples need not be.
 */
export async function readNewest(database: Database, take: (rows: Rows) => void): Promise<void> {
  await database.read(async (reader) => {
    const sources = reader.sources(...everySecond)
    const ends = new Map<number, { second: number; source: Source }>()
    for (const source of sources) if (source.sealed) await collectEnds(reader, source, ends)
    for (const [i, source] of sources.entries()) {
      if (!source.sealed) await takeHot(reader, source, take)
      else await takeSealed(reader, source, ends, `ends${i}`, take)
    }
  })
}

async function collectEnds(reader: Reader, source: Source, ends: Map<number, { second: number; source: Source }>): Promise<void> {
  await reader.chunks(`SELECT series, max("end") FROM ${source.sealed?.alias}.month GROUP BY series`, (chunk) => {
    const second = integers(chunk, 1)
    integers(chunk, 0).forEach((series, i) => {
      const known = ends.get(series)
      if (!known || (second[i] as number) >= known.second) ends.set(series, { second: second[i] as number, source })
    })
  })
}

async function takeSealed(
  reader: Reader,
  source: Source,
  ends: ReadonlyMap<number, { second: number; source: Source }>,
  table: string,
  take: (rows: Rows) => void,
): Promise<void> {
  const mine = [...ends].filter(([, end]) => end.source === source)
  if (mine.length === 0) return
  const asked = emptyRows(mine.length)
  mine.forEach(([series, { second }], i) => {
    asked.series[i] = series
    asked.second[i] = second
  })
  await reader.table(table, asked)
  await reader.chunks(`SELECT series, "at", value, quality FROM ${source.readings} SEMI JOIN ${table} USING (series, "at")`, (chunk) => {
    take({ series: integers(chunk, 0), second: seconds(chunk, 1), value: values(chunk, 2), quality: bytes(chunk, 3) })
  })
}

async function takeHot(reader: Reader, { readings }: Source, take: (rows: Rows) => void): Promise<void> {
  const newest = `epoch(max("at")), coalesce(arg_max_null(value, "at"), 'nan'::DOUBLE), arg_max(quality, "at")`
  await reader.chunks(`SELECT series::UINTEGER, ${newest} FROM ${readings} GROUP BY series`, (chunk) => {
    take({ series: integers(chunk, 0), second: Uint32Array.from(doubles(chunk, 1)), value: doubles(chunk, 2), quality: bytes(chunk, 3) })
  })
}
