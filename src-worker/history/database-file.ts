import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { Failure } from '#shared/failures.ts'
import { setAside, storageFailure, syncFolder } from './disk.ts'
import { createTables, endSealing, inOne, readApplied, upgradeTables, type Applied, type Start } from './hot.ts'
import type { Manifest } from './manifest.ts'
import { quoted } from './sealed-file.ts'
import { DamagedSealed, type Sealed } from './sealed.ts'

export type DatabaseOptions = {
  folder: string
  memoryMb: number
  threads: number
  clock: () => number
  /** The store that the journal belongs to; a database of another one is put aside. */
  owner: string | undefined
  /** What is no longer hot. */
  sealed: Sealed
}

export type OpenFile = { instance: DuckDBInstance; writer: DuckDBConnection; owner: string; applied: Applied }

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
    await createTables(connection, options.owner ?? randomBytes(16).toString('hex'), startOf(options.sealed))
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

/** Behind everything that is sealed. */
function startOf({ manifest }: Sealed): Start {
  const { files, through, total } = manifest
  const seconds = files.flatMap(({ first, last }) => [first, last])
  const span = files.length > 0 ? { first: Math.min(...seconds), last: Math.max(...seconds) } : { first: null, last: null }
  return { sequence: through, total, ...span }
}

async function start(path: string, options: DatabaseOptions): Promise<OpenFile> {
  const { sealed } = options
  const instance = await DuckDBInstance.create(path, settings(options))
  let writer: DuckDBConnection | undefined
  try {
    writer = await instance.connect()
    // What is refused stays as it is: without this, closing brings the log into the file.
    await writer.run('PRAGMA disable_checkpoint_on_shutdown')
    await writer.run(`SET allowed_directories = [${quoted(options.folder)}]`)
    await writer.run('SET enable_external_access = false')
    const owner = await upgradeTables(writer)
    const applied = await settle(writer, await readApplied(writer), sealed.manifest)
    await sealed.attachAll(writer)
    await writer.run('PRAGMA enable_checkpoint_on_shutdown')
    return { instance, writer, owner, applied }
  } catch (error) {
    writer?.closeSync()
    instance.closeSync()
    throw error
  }
}

/** Makes the hot tables and the sealed files agree, after a kill between two steps. Throws when they cannot belong together. */
async function settle(writer: DuckDBConnection, applied: Applied, { through, total }: Manifest): Promise<Applied> {
  const { base, sealing, sequence } = applied
  if (through === (sealing ?? base)) return applied
  if (sealing !== null && through === base) {
    await endSealing(writer)
    return await readApplied(writer)
  }
  if (sequence <= through) {
    const emptied = ['readings', 'corrections', ...(sealing === null ? [] : ['sealing', 'sealing_corrections'])]
    await inOne(writer, [
      ...emptied.map((table) => (table.startsWith('sealing') ? `DROP TABLE ${table}` : `DELETE FROM ${table}`)),
      `UPDATE applied SET sequence = ${through}, total = ${total}, base = ${through}, sealing = NULL, corrections = 0`,
    ])
    return await readApplied(writer)
  }
  throw new Error(`it begins behind ${sealing ?? base}, and what is sealed ends at ${through}`)
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
  if (error instanceof Failure || error instanceof DamagedSealed) throw error
  const text = String(error)
  if (locked.test(text)) throw new Failure('conflict', {}, { cause: error })
  if (noDamage.test(text)) throw storageFailure(error)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}
