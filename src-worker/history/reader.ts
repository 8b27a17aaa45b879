import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api'
import { Failure } from '#shared/failures.ts'
import { appendRows } from './columns.ts'
import type { SealedEntry } from './manifest.ts'
import type { Rows } from './rows.ts'
import type { Sealed } from './sealed.ts'

/**
 * A place where samples lie: `readings` is a relation of (series, "at", value, quality). `corrects`: its rows take the place of rows in
 * earlier sources. A sealed file has sums beside them, in tables behind `alias`.
 */
export type Source = { readings: string; corrects: boolean; sealed: { alias: string; entry: SealedEntry } | null }

/** What one query sees: the state after batch `sequence`, whatever is written meanwhile. */
export type Reader = {
  sequence: number
  /** Where samples of a time may lie, UTC seconds, the older sources first. */
  sources(from: number, to: number): Source[]
  /** Result chunks in order; a chunk is valid only during the call. */
  chunks(sql: string, take: (chunk: DuckDBDataChunk) => void): Promise<void>
  /** Makes the temporary table `name` with these rows. */
  table(name: string, rows: Rows): Promise<void>
}

export type Query = { connection: DuckDBConnection | undefined; stopped: boolean; name?: string | undefined }

/** Does some work on a state of its own. */
export async function readOn<T>(instance: DuckDBInstance, sealed: Sealed, query: Query, work: (reader: Reader) => Promise<T>): Promise<T> {
  const leave = sealed.enter()
  const connection = await instance.connect()
  query.connection = connection
  try {
    await connection.run('BEGIN')
    const rows = await (await connection.run('SELECT sequence, base, sealing, corrections FROM applied')).getRows()
    const [sequence, base, sealing, corrections] = (rows[0] ?? []).map((cell) => (cell === null ? null : Number(cell)))
    const { files, both } = sealed.filesFor(base ?? 0, sealing ?? null)
    const hot = [...(both ? ['sealing', 'sealing_corrections'] : []), 'readings', 'corrections']
    const hotSources = hot
      .filter((table) => !table.endsWith('corrections') || (corrections ?? 0) > 0)
      .map((readings) => ({ readings, corrects: readings.endsWith('corrections'), sealed: null }))
    return await work({
      sequence: sequence ?? 0,
      sources: (from, to) => [
        ...files
          .filter(({ first, last }) => first < to && last >= from)
          .map((entry) => {
            const alias = sealed.aliasOf(entry)
            return { readings: `${alias}.readings`, corrects: entry.corrects, sealed: { alias, entry } }
          }),
        ...hotSources,
      ],
      chunks: async (sql, take) => {
        if (query.stopped) throw new Failure('cancelled')
        const result = await connection.stream(sql)
        try {
          await eachChunk(result, (chunk) => {
            if (query.stopped) throw new Failure('cancelled')
            take(chunk)
          })
        } catch (error) {
          // A result that is left before its end would keep the file open.
          connection.interrupt()
          await Promise.allSettled([eachChunk(result, () => {})])
          throw error
        }
      },
      table: async (name, rows) => {
        await connection.run(`CREATE TEMP TABLE ${name}(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)`)
        await append(connection, name, 'temp', [rows])
      },
    })
  } finally {
    connection.closeSync()
    leave()
  }
}

/** An appender left open would write its rows later, outside of the transaction. */
export async function append(connection: DuckDBConnection, table: string, place: 'main' | 'temp', parts: readonly Rows[]): Promise<void> {
  const appender = await connection.createAppender(table, 'main', place === 'temp' ? 'temp' : null)
  try {
    for (const rows of parts) appendRows(appender, rows)
    appender.closeSync()
  } catch (error) {
    appender.clear()
    throw error
  }
}

async function eachChunk(result: DuckDBResult, take: (chunk: DuckDBDataChunk) => void): Promise<void> {
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) take(chunk)
}
