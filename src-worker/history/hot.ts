import type { DuckDBConnection } from '@duckdb/node-api'
import { Failure } from '#shared/failures.ts'

/**
 * The hot tables: what came since the last sealing, in order of arrival. `readings` are new samples, `corrections` such that take the
 * place of others. While they are being sealed, they are called `sealing` and `sealing_corrections`, and new ones are filled.
 */
const columns = 'series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT'

/**
 * How far the journal is in the database: its sequence, samples so far, their first and last second. `rows` and `corrections` lie in hot
 * tables. `base`: up to this sequence they are in sealed files, or are being sealed (`sealing` is then what had been sealed before).
 */
export type Applied = {
  sequence: number
  total: number
  first: number | null
  last: number | null
  rows: number
  base: number
  sealing: number | null
  corrections: number
}

export const layout = 2

/** Where a new database begins: behind what is sealed. */
export type Start = Pick<Applied, 'sequence' | 'total' | 'first' | 'last'>

export async function createTables(connection: DuckDBConnection, owner: string, { sequence, total, first, last }: Start): Promise<void> {
  await connection.run(`CREATE TABLE readings(${columns})`)
  await connection.run(`CREATE TABLE corrections(${columns})`)
  const marks = ['sequence', 'total', 'first_second', 'last_second', 'base', 'sealing', 'corrections']
  await connection.run(`CREATE TABLE applied(${marks.map((mark) => `${mark} DOUBLE`).join(', ')})`)
  await connection.run(`INSERT INTO applied VALUES (${sequence}, ${total}, ${first}, ${last}, ${sequence}, NULL, 0)`)
  await connection.run('CREATE TABLE store(owner VARCHAR, layout DOUBLE)')
  await connection.run(`INSERT INTO store VALUES ('${owner}', ${layout})`)
}

/** Brings the tables of an older program to the present layout, in one step. Throws for those of a newer one. */
export async function upgradeTables(connection: DuckDBConnection): Promise<string> {
  const stores = await (await connection.run('SELECT owner, layout FROM store')).getRows()
  const [owner, found] = stores[0] ?? []
  if (stores.length !== 1) throw new Error('it holds no history')
  if (Number(found) > layout) throw new Failure('storage.failed', { reason: 'newer version' })
  if (Number(found) === 1) {
    await inOne(connection, [
      `CREATE TABLE corrections(${columns})`,
      'ALTER TABLE applied ADD COLUMN base DOUBLE DEFAULT 0',
      'ALTER TABLE applied ADD COLUMN sealing DOUBLE',
      'ALTER TABLE applied ADD COLUMN corrections DOUBLE DEFAULT 0',
      `UPDATE store SET layout = ${layout}`,
    ])
  }
  return String(owner)
}

export async function readApplied(connection: DuckDBConnection): Promise<Applied> {
  const marks = 'sequence, total, first_second, last_second, base, sealing, corrections'
  const counts = await (await connection.run(`SELECT ${marks} FROM applied`)).getRows()
  const [row] = counts
  if (!row || counts.length !== 1) throw new Error('it holds no history')
  const [sequence, total, first, last, base, sealing, corrections] = row.map((cell) => (typeof cell === 'number' ? cell : null))
  const tables = ['readings', ...(sealing === null ? [] : ['sealing'])]
  let rows = corrections ?? 0
  for (const table of tables) {
    const counted = await (await connection.run(`SELECT count(*)::DOUBLE FROM ${table}`)).getRows()
    rows += Number(counted[0]?.[0])
  }
  return {
    sequence: sequence ?? 0,
    total: total ?? 0,
    first: first ?? null,
    last: last ?? null,
    rows,
    base: base ?? 0,
    sealing: sealing ?? null,
    corrections: corrections ?? 0,
  }
}

/** From now on what is hot is being sealed, and what comes goes into new tables. */
export async function beginSealing(connection: DuckDBConnection): Promise<void> {
  await inOne(connection, [
    'ALTER TABLE readings RENAME TO sealing',
    'ALTER TABLE corrections RENAME TO sealing_corrections',
    `CREATE TABLE readings(${columns})`,
    `CREATE TABLE corrections(${columns})`,
    'UPDATE applied SET sealing = base, base = sequence',
  ])
}

/** What was being sealed is in sealed files. */
export async function endSealing(connection: DuckDBConnection): Promise<void> {
  await inOne(connection, [
    'DROP TABLE sealing',
    'DROP TABLE sealing_corrections',
    'UPDATE applied SET sealing = NULL, corrections = (SELECT count(*) FROM corrections)',
  ])
}

/** All or nothing of some statements. */
export async function inOne(connection: DuckDBConnection, statements: readonly string[]): Promise<void> {
  await connection.run('BEGIN')
  try {
    for (const statement of statements) await connection.run(statement)
    await connection.run('COMMIT')
  } catch (error) {
    await Promise.allSettled([connection.run('ROLLBACK')])
    throw error
  }
}
