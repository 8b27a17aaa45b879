import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { doubles, integers } from './columns.ts'
import { syncFolder } from './disk.ts'
import { sealedFolder, type SealedEntry } from './manifest.ts'
import { Summing } from './summing.ts'
import { realColumns, sumTables, wholeColumns } from './sums.ts'

/** What goes into a file: SQL relations of (series, "at", value, quality), the older ones first. */
export type Content = {
  relations: readonly string[]
  /** Rows of later relations take the place of earlier ones; without it no series and second stands in two of them. */
  corrects: boolean
  /** The store that the file belongs to. */
  owner: string
  month: string
  zone: string
  registers: ReadonlySet<number>
}

type Counted = Pick<SealedEntry, 'rows' | 'first' | 'last'>
export type Written = Counted & Pick<SealedEntry, 'bytes' | 'sha256'>

/** Sorted in one go; more would spill to disk. */
const sliceRows = 2_000_000

/**
 * Writes a file of one month. Rows come sorted by series and time, each second of a series once; anything else is a defect and throws.
 */
export async function writeSealed(connection: DuckDBConnection, folder: string, name: string, content: Content): Promise<Written> {
  return await makeFile(connection, folder, { name, owner: content.owner }, async () => {
    const summing = new Summing(connection, content)
    for (const [from, to] of await slicesOf(connection, content)) {
      await connection.run(`INSERT INTO made.readings ${ordered(content, from, to)}`)
      await summing.take(from, to)
    }
    await summing.write(true)
    return { rows: summing.rows, first: summing.first, last: summing.last }
  })
}

/** Writes a month anew without the samples of some series; the sums stay as they are. `alias` is the attached file of now. */
export async function writeThinned(
  connection: DuckDBConnection,
  folder: string,
  name: string,
  { alias, entry, owner, without }: { alias: string; entry: SealedEntry; owner: string; without: readonly number[] },
): Promise<Written> {
  return await makeFile(connection, folder, { name, owner }, async () => {
    for (const table of sumTables) await connection.run(`INSERT INTO made."${table}" SELECT * FROM ${alias}."${table}"`)
    await connection.run(`INSERT INTO made.readings SELECT * FROM ${alias}.readings WHERE series NOT IN (${without.join(', ')})`)
    const [row] = await (await connection.run('SELECT count(*)::DOUBLE FROM made.readings')).getRows()
    return { rows: Number(row?.[0]), first: entry.first, last: entry.last }
  })
}

/** SHA-256 of a file as hexadecimal digits. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** A file says inside whose and which it is, so that another of the same size is not taken for it. */
type Mark = { name: string; owner: string }

/** The file stands under its name only when all of it is on disk: after a kill it is whole or not there. */
async function makeFile(connection: DuckDBConnection, folder: string, mark: Mark, fill: () => Promise<Counted>): Promise<Written> {
  const place = sealedFolder(folder)
  await mkdir(place, { recursive: true, mode: 0o700 })
  const path = join(place, mark.name)
  const made = `${path}.new`
  await removeMade(made)
  try {
    const counted = await filled(connection, made, mark, fill)
    const handle = await open(made, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    const { size } = await stat(made)
    const sha256 = await hashOf(made)
    await rename(made, path)
    await syncFolder(place)
    return { ...counted, bytes: size, sha256 }
  } catch (error) {
    await removeMade(made)
    throw error
  }
}

async function filled(connection: DuckDBConnection, made: string, { name, owner }: Mark, fill: () => Promise<Counted>): Promise<Counted> {
  await connection.run(`ATTACH ${quoted(made)} AS made`)
  try {
    await connection.run('CREATE TABLE made.readings(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)')
    await connection.run('CREATE TABLE made.mark(owner VARCHAR, name VARCHAR)')
    await connection.run(`INSERT INTO made.mark VALUES (${quoted(owner)}, ${quoted(name)})`)
    const columns = [...wholeColumns.map((column) => `"${column}" UINTEGER`), ...realColumns.map((column) => `"${column}" DOUBLE`)]
    for (const table of sumTables) await connection.run(`CREATE TABLE made."${table}"(${columns.join(', ')})`)
    const counted = await fill()
    await connection.run('CHECKPOINT made')
    return counted
  } finally {
    await connection.run('DETACH made')
  }
}

/** Ranges of series with about sliceRows rows each. */
async function slicesOf(connection: DuckDBConnection, { relations }: Content): Promise<[from: number, to: number][]> {
  const all = relations.map((relation) => `SELECT series FROM ${relation}`).join(' UNION ALL ')
  const result = await connection.stream(`SELECT series::UINTEGER, count(*)::DOUBLE FROM (${all}) GROUP BY series ORDER BY series`)
  const slices: [number, number][] = []
  let from: number | undefined
  let last = 0
  let rows = 0
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const series = integers(chunk, 0)
    const counted = doubles(chunk, 1)
    for (let i = 0; i < series.length; i++) {
      from ??= series[i] as number
      last = series[i] as number
      rows += counted[i] as number
      if (rows < sliceRows) continue
      slices.push([from, last])
      from = undefined
      rows = 0
    }
  }
  if (from !== undefined) slices.push([from, last])
  return slices
}

function ordered({ relations, corrects }: Content, from: number, to: number): string {
  const parts = relations.map(
    (relation, rank) =>
      `SELECT series, "at", value, quality${corrects ? `, ${rank} AS rank` : ''} FROM ${relation} WHERE series BETWEEN ${from} AND ${to}`,
  )
  const newest = corrects ? 'QUALIFY row_number() OVER (PARTITION BY series, "at" ORDER BY rank DESC) = 1' : ''
  return `SELECT series, "at", value, quality FROM (${parts.join(' UNION ALL ')}) ${newest} ORDER BY series, "at"`
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

async function removeMade(made: string): Promise<void> {
  for (const path of [made, `${made}.wal`]) await rm(path, { force: true })
}
