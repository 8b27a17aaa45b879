import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'

const failureSchema = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })

/** How many backups stay: the newest of so many days, weeks and months that have one. */
export const keptSchema = z.object({
  daily: z.number().int().min(1).max(366),
  weekly: z.number().int().min(0).max(520),
  monthly: z.number().int().min(0).max(600),
})
export type Kept = z.infer<typeof keptSchema>

export const backupSettingsSchema = z
  .object({
    folder: z.string().trim().max(1000).nullable().describe('Folder on a disk of the computer that Hearthgrid runs on; null: no backups'),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .describe('Local time of day, such as 02:30'),
    kept: keptSchema,
  })
  .meta({ id: 'BackupSettings' })
export type BackupSettings = z.infer<typeof backupSettingsSchema>

export const backupDefaults: BackupSettings = { folder: null, at: '02:30', kept: { daily: 7, weekly: 4, monthly: 12 } }

/** A backup older than this is worth a warning. */
export const oldAfterMs = 2 * 24 * 60 * 60_000

const monthSchema = z.object({
  month: z.string().describe('Such as 2026-11, in UTC'),
  samples: z.number().int().describe('In sealed files'),
})

/** What the test restore found in a copy that was opened by itself. */
const testSchema = z.object({
  at: z.number().describe('UTC ms'),
  ok: z.boolean(),
  samples: z.number().int(),
  last: z.number().nullable().describe('UTC ms of the newest sample'),
  took: z.number().describe('ms'),
  failure: failureSchema.nullable(),
})

export const backupSchema = z
  .object({
    id: z.string(),
    at: z.number().describe('UTC ms; what was acknowledged by then is in it'),
    version: z.string().describe('Of the program that made it'),
    bytes: z.number().describe('Of all its files'),
    samples: z.number().int(),
    last: z.number().nullable(),
    months: z.array(monthSchema),
    test: testSchema,
  })
  .meta({ id: 'Backup' })
export type Backup = z.infer<typeof backupSchema>

export const runPhases = ['copying', 'testing', 'tidying'] as const

export const runSchema = z.object({
  id: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  phase: z.enum(runPhases),
  done: z.number().describe('Bytes while copying, questions while testing'),
  total: z.number(),
  copied: z.number().describe('Bytes that were not there yet'),
  repaired: z.number().int().describe('Files of the backup folder that were damaged and were copied anew'),
  by: z.string(),
  failure: failureSchema.nullable(),
})
export type BackupRun = z.infer<typeof runSchema>

/** Why somebody should look: `off` no folder is set, `none` never a good one, `old` older than two days, `failed` the last run failed. */
export const backupWarnings = ['off', 'none', 'old', 'failed'] as const

export const exportFormats = ['parquet', 'csv', 'csv.gz'] as const
/** Media types. */
export const exportTypes: Record<(typeof exportFormats)[number], string> = {
  parquet: 'application/vnd.apache.parquet',
  csv: 'text/csv',
  'csv.gz': 'application/gzip',
}
export type ExportFormat = (typeof exportFormats)[number]

export const exportSchema = z
  .object({
    id: z.string().describe('Name of its folder'),
    format: z.enum(exportFormats),
    startedAt: z.number(),
    endedAt: z.number(),
    rows: z.number().int(),
    bytes: z.number(),
    files: z.array(z.object({ name: z.string(), bytes: z.number(), rows: z.number().int() })),
  })
  .meta({ id: 'Export' })
export type Export = z.infer<typeof exportSchema>

const exportRunSchema = z.object({
  id: z.string(),
  format: z.enum(exportFormats),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number(),
  total: z.number(),
  rows: z.number().int(),
  failure: failureSchema.nullable(),
})
export type ExportRun = z.infer<typeof exportRunSchema>

export const backupJob = 'backups.run'
export const exportJob = 'history.export'

const exportId = z.string().regex(/^[\w-]{1,80}$/)

export const backups = contract({
  status: {
    method: 'GET',
    path: '/backups',
    role: 'readonly',
    summary: 'How backups are set, the last run, what is in the folder, and whether somebody should look',
    input: nothing,
    output: z.object({
      settings: backupSettingsSchema,
      next: z.number().nullable().describe('UTC ms of the next run'),
      run: runSchema.nullable().describe('The one under way, or the last one'),
      warning: z.enum(backupWarnings).nullable(),
      lastGood: z.number().nullable().describe('UTC ms of the newest backup whose test restore was good'),
      backups: z.array(backupSchema).describe('Newest first'),
      unreadable: failureSchema.nullable().describe('Why the folder could not be read'),
      free: z.number().nullable().describe('Bytes free in the folder'),
    }),
  },
  configure: {
    method: 'PUT',
    path: '/backups/settings',
    role: 'admin',
    summary: 'Sets the folder, time of day and how many stay. The folder must be there, writable and outside of the data folder',
    input: backupSettingsSchema,
    output: backupSettingsSchema,
    audit: 'backup',
  },
  run: {
    method: 'POST',
    path: '/backups/run',
    role: 'admin',
    summary: 'Starts a backup now; answers at once, and status says how far it is',
    input: nothing,
    output: runSchema,
    audit: 'backup',
  },
  cancel: {
    method: 'POST',
    path: '/backups/cancel',
    role: 'admin',
    summary: 'Ends the backup under way; earlier ones stay',
    input: nothing,
    output: done,
    audit: 'backup',
  },
  exports: {
    method: 'GET',
    path: '/exports',
    role: 'readonly',
    summary: 'Full exports that are there, newest first, and the one under way',
    input: nothing,
    output: z.object({ run: exportRunSchema.nullable(), exports: z.array(exportSchema) }),
  },
  startExport: {
    method: 'POST',
    path: '/exports',
    role: 'admin',
    summary: 'Writes everything stored as Parquet or CSV, one file a month, with lists of devices and points; answers at once',
    input: z.object({ format: z.enum(exportFormats) }),
    output: exportRunSchema,
    audit: 'export',
  },
  cancelExport: {
    method: 'POST',
    path: '/exports/cancel',
    role: 'admin',
    summary: 'Ends the export under way and removes what it has written',
    input: nothing,
    output: done,
    audit: 'export',
  },
  downloadExport: {
    method: 'GET',
    path: '/exports/{id}/files/{name}',
    role: 'readonly',
    summary: 'A file of an export, sent piece by piece',
    input: z.object({ id: exportId, name: z.string().regex(/^[\w-]{1,80}(\.[a-z]{2,8}){1,2}$/) }),
    output: z.unknown().meta({ type: 'string', format: 'binary' }),
    file: Object.values(exportTypes),
  },
  removeExport: {
    method: 'DELETE',
    path: '/exports/{id}',
    role: 'admin',
    summary: 'Removes an export and its files. What is stored stays',
    input: z.object({ id: exportId }),
    output: done,
    audit: 'export',
  },
})
