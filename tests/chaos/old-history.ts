import { join } from 'node:path'
import { DuckDBInstance, DuckDBTimestampSecondsValue } from '@duckdb/node-api'
import { Journal } from '../../src-worker/history/journal.ts'
import { toRows } from '../../src-worker/history/rows.ts'
import { numbered } from './samples.ts'

const owner = '0123456789abcdef0123456789abcdef'

/** A database of layout 1 has no sealed files: everything lies in one table. */
const tables = [
  'CREATE TABLE readings(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)',
  'CREATE TABLE applied(sequence DOUBLE, total DOUBLE, first_second DOUBLE, last_second DOUBLE)',
  'CREATE TABLE store(owner VARCHAR, layout DOUBLE)',
  `INSERT INTO store VALUES ('${owner}', 1)`,
]

/** Makes a history as layout 1 had it: `batches` numbered ones in the journal, the first `applied` of them in the database too. */
export async function makeOldHistory(folder: string, batches: number, applied: number): Promise<void> {
  const journal = await Journal.open({ folder: join(folder, 'journal'), segmentBytes: 200_000, sync: (handle) => handle.datasync() })
  journal.continueAfter(owner, { sequence: 0, total: 0 })
  const instance = await DuckDBInstance.create(join(folder, 'history.duckdb'))
  const connection = await instance.connect()
  for (const statement of tables) await connection.run(statement)
  const appender = await connection.createAppender('readings')
  const seconds: number[] = []
  let total = 0
  for (let number = 0; number < batches; number++) {
    const rows = toRows(numbered(number))
    await journal.append(rows)
    if (number >= applied) continue
    total += rows.series.length
    for (const [i, second] of rows.second.entries()) {
      seconds.push(second)
      appender.appendInteger(rows.series[i] as number)
      appender.appendTimestampSeconds(new DuckDBTimestampSecondsValue(BigInt(second)))
      appender.appendDouble(rows.value[i] as number)
      appender.appendUTinyInt(rows.quality[i] as number)
      appender.endRow()
    }
  }
  appender.closeSync()
  const span = [seconds[0], seconds.at(-1)]
  await connection.run(`INSERT INTO applied VALUES (${applied}, ${total}, ${span.join(', ')})`)
  connection.closeSync()
  instance.closeSync()
  await journal.close()
}
