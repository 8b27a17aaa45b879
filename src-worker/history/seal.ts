import type { DuckDBConnection } from '@duckdb/node-api'
import type { SealedEntry } from './manifest.ts'
import { monthOf, rangeOf } from './months.ts'
import { writeSealed } from './sealed-file.ts'
import type { TidyOptions } from './tidy.ts'

const newest = 'QUALIFY row_number() OVER (PARTITION BY series, "at" ORDER BY rowid DESC) = 1'

/**
 * Brings what is hot into sealed files, one for each month, while new samples go into other tables. A kill at any step leaves a state that the
 * next opening goes on from: the hot rows go only after the list on disk has the files.
 */
export async function seal(options: TidyOptions): Promise<void> {
  const { database, sealed } = options
  // After an error the file is opened anew, and that ends a sealing whose files are listed already.
  await database.ready()
  if (database.applied.sealing === null) await database.beginSealing()
  const { base, sealing } = database.applied
  const { manifest } = sealed
  const generation = manifest.generation + 1
  await database.beside(async (connection) => {
    const entries: SealedEntry[] = []
    for (const { month, corrected } of await monthsOf(connection)) {
      const name = fileName(month, generation)
      const content = {
        relations: relationsOf(month, corrected),
        corrects: corrected,
        owner: database.owner,
        month,
        zone: options.timeZone,
        registers: sealed.registers,
      }
      const written = await writeSealed(connection, sealed.folder, name, content)
      const place = { name, month, after: sealing ?? 0, through: base, level: 0 }
      entries.push({ ...place, ...written, zone: options.timeZone, corrects: corrected, thinned: false })
    }
    for (const entry of entries) await sealed.attach(connection, entry)
    const total = database.applied.total - (await rowsBehind(connection))
    const files = [...manifest.files, ...entries].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : a.after - b.after))
    await sealed.publish({ ...manifest, owner: database.owner, generation, through: base, total, files })
  })
  // Not inside: before the file is opened again after an error of the writer, all that runs beside it has to end.
  await database.endSealing()
  await database.beside((connection) => sealed.retire(connection))
}

export function fileName(month: string, generation: number): string {
  return `${month}.${String(generation).padStart(6, '0')}.duckdb`
}

async function monthsOf(connection: DuckDBConnection): Promise<{ month: string; corrected: boolean }[]> {
  const months = async (table: string) => {
    const result = await connection.run(`SELECT DISTINCT epoch(date_trunc('month', "at"))::DOUBLE FROM ${table}`)
    return (await result.getRows()).map(([second]) => monthOf(Number(second)))
  }
  const corrected = new Set(await months('sealing_corrections'))
  const all = new Set([...(await months('sealing')), ...corrected])
  return [...all].sort().map((month) => ({ month, corrected: corrected.has(month) }))
}

function relationsOf(month: string, corrected: boolean): string[] {
  const { from, to } = rangeOf(month)
  const literal = (at: number) => `'${new Date(at).toISOString().slice(0, 19)}'::TIMESTAMP_S`
  const within = `"at" >= ${literal(from)} AND "at" < ${literal(to)}`
  const hot = `(SELECT * FROM sealing WHERE ${within})`
  return corrected ? [hot, `(SELECT * FROM sealing_corrections WHERE ${within} ${newest})`] : [hot]
}

/** What came since the sealing began. */
async function rowsBehind(connection: DuckDBConnection): Promise<number> {
  const counted = await (await connection.run('SELECT (SELECT count(*) FROM readings) + (SELECT count(*) FROM corrections)')).getRows()
  return Number(counted[0]?.[0])
}
