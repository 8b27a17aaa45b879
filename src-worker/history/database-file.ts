import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { Failure } from '#shared/failures.ts'
import { setAside, storageFailure, syncFolder } from './disk.ts'

export type DatabaseOptions = {
  folder: string
  memoryMb: number
  threads: number
  clock: () => number
  /** The store that the journal belongs to; a database of another one is put aside. */
  owner: string | undefined
}

/** How far the journal is in the database: its sequence, samples so far, their first and last second, rows stored. */
export type Applied = { sequence: number; total: number; first: number | null; last: number | null; rows: number }

export type OpenFile = { instance: DuckDBInstance; writer: DuckDBConnection; owner: string; applied: Applied }

const layout = 1

export function databasePath(folder: string): string {
  return join(folder, 'history.duckdb')
}

function spillPath(folder: string): string {
  return join(folder, 'spill')
}

/**
 * Opens the database of a folder or makes one. What cannot be read is put aside and told in `notices`; the rows that are
 * missing then stand in the journal. Throws for everything that is no damage (owner elsewhere, full disk, newer version).
 */
export async function openFile(options: DatabaseOptions, notices: string[]): Promise<OpenFile> {
  const path = databasePath(options.folder)
  for (const leftover of [`${path}.new`, `${path}.new.wal`, spillPath(options.folder)]) await rm(leftover, { force: true, recursive: true })
  if (!existsSync(path)) {
    await asideIfThere(`${path}.wal`, options, notices)
    await create(path, options)
  }
  try {
    return await startOwn(path, options)
  } catch (error) {
    refuse(error)
    notices.push(`The database could not be read: ${firstLine(error)}`)
  }
  if (await asideIfThere(`${path}.wal`, options, notices)) {
    try {
      return await startOwn(path, options)
    } catch (error) {
      refuse(error)
    }
  }
  await putAside(options, notices)
  await create(path, options)
  return await start(path, options)
}

/** Keeps the database files as evidence, so that the next opening makes new ones. */
export async function putAside(options: DatabaseOptions, notices: string[]): Promise<void> {
  const path = databasePath(options.folder)
  await asideIfThere(`${path}.wal`, options, notices)
  await asideIfThere(path, options, notices)
}

export function closeFile({ instance, writer }: OpenFile): void {
  writer.closeSync()
  instance.closeSync()
}

async function asideIfThere(path: string, { clock }: DatabaseOptions, notices: string[]): Promise<boolean> {
  if (!existsSync(path)) return false
  notices.push(`Kept as ${basename(await setAside(path, clock))}; its samples come from the journal`)
  return true
}

/** A kill or a power cut while the file is made leaves only the other name. */
async function create(path: string, options: DatabaseOptions): Promise<void> {
  const made = `${path}.new`
  const instance = await DuckDBInstance.create(made, settings(options))
  try {
    const connection = await instance.connect()
    await connection.run('CREATE TABLE readings(series INTEGER, "at" TIMESTAMP_S, value DOUBLE, quality UTINYINT)')
    await connection.run('CREATE TABLE applied(sequence DOUBLE, total DOUBLE, first_second DOUBLE, last_second DOUBLE)')
    await connection.run('INSERT INTO applied VALUES (0, 0, NULL, NULL)')
    await connection.run('CREATE TABLE store(owner VARCHAR, layout DOUBLE)')
    await connection.run(`INSERT INTO store VALUES ('${options.owner ?? randomBytes(16).toString('hex')}', ${layout})`)
    await connection.run('CHECKPOINT')
    connection.closeSync()
  } finally {
    instance.closeSync()
  }
  const handle = await open(made, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(made, path)
  await syncFolder(options.folder)
}

async function startOwn(path: string, options: DatabaseOptions): Promise<OpenFile> {
  const file = await start(path, options)
  if (options.owner === undefined || file.owner === options.owner) return file
  closeFile(file)
  throw new Error('it belongs to another store')
}

async function start(path: string, options: DatabaseOptions): Promise<OpenFile> {
  const instance = await DuckDBInstance.create(path, settings(options))
  try {
    const writer = await instance.connect()
    await writer.run('SET enable_external_access = false')
    const stores = await (await writer.run('SELECT owner, layout FROM store')).getRows()
    const counts = await (await writer.run('SELECT sequence, total, first_second, last_second FROM applied')).getRows()
    const rows = await (await writer.run('SELECT count(*)::DOUBLE FROM readings')).getRows()
    const [owner, version] = stores[0] ?? []
    if (Number(version) > layout) throw new Failure('storage.failed', { reason: 'newer version' })
    const [sequence, total, first, last] = counts[0] ?? []
    if (stores.length !== 1 || counts.length !== 1) throw new Error('it holds no history')
    const applied = {
      sequence: Number(sequence),
      total: Number(total),
      first: asNumber(first),
      last: asNumber(last),
      rows: Number(rows[0]?.[0]),
    }
    return { instance, writer, owner: String(owner), applied }
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

function asNumber(cell: unknown): number | null {
  return typeof cell === 'number' ? cell : null
}

function settings({ folder, memoryMb, threads }: DatabaseOptions): Record<string, string> {
  return {
    memory_limit: `${memoryMb}MB`,
    threads: String(threads),
    temp_directory: spillPath(folder),
    checkpoint_threshold: '16MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }
}

const locked = /could not set lock|being used by another process/i
const noDamage =
  /no space left|disk quota|permission denied|operation not permitted|read-only file system|out of memory|could not allocate|too many open files|version number/i

/** Throws unless the error says that the file itself is bad. */
function refuse(error: unknown): void {
  if (error instanceof Failure) throw error
  const text = String(error)
  if (locked.test(text)) throw new Failure('conflict', {}, { cause: error })
  if (noDamage.test(text)) throw storageFailure(error)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
