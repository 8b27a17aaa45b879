import { z } from 'zod'
import { backupDefaults, backupSettingsSchema, runSchema, type BackupRun, type BackupSettings } from '#shared/backups/contract.ts'
import type { Database } from '../database.ts'

/** How backups are set, as a row of the configuration. */
export function readSettings(database: Database): Promise<BackupSettings> {
  return read(database, 'backups', backupSettingsSchema, backupDefaults)
}

export async function writeSettings(database: Database, settings: BackupSettings): Promise<void> {
  await write(database, 'backups', settings)
}

/** The last run, also after a new start. */
export function readRun(database: Database): Promise<BackupRun | null> {
  return read(database, 'backups.run', runSchema.nullable(), null)
}

export async function writeRun(database: Database, run: BackupRun): Promise<void> {
  await write(database, 'backups.run', run)
}

export async function installationOf(database: Database): Promise<string> {
  const row = await database.selectFrom('setting').select('value').where('key', '=', 'installation').executeTakeFirstOrThrow()
  return row.value
}

async function read<T>(database: Database, key: string, schema: z.ZodType<T>, otherwise: T): Promise<T> {
  const row = await database.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row ? schema.parse(JSON.parse(row.value)) : otherwise
}

async function write(database: Database, key: string, content: unknown): Promise<void> {
  const value = JSON.stringify(content)
  await database
    .insertInto('setting')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
