import { z } from 'zod'
import { writeOutcomes } from '../acquisition/port.ts'
import { contract, queryList, queryNumber } from '../contract.ts'

export const auditEntrySchema = z
  .object({
    id: z.number().int(),
    at: z.number(),
    actor: z.string(),
    via: z.enum(['screen', 'api', 'system']),
    operation: z.string(),
    kind: z.string(),
    subject: z.string().nullable().describe('The id of what was changed'),
    input: z.string().describe('JSON of what was asked, secrets left out'),
    result: z
      .string()
      .nullable()
      .describe('done, the outcome of a write, or the code of the failure; null while it runs, or when a crash cut it short'),
    closedAt: z.number().nullable(),
    detail: z.string().nullable().describe('JSON of what came of it, such as from, to and found of a setting'),
  })
  .meta({ id: 'AuditEntry' })

export const settingChangeSchema = z
  .object({
    point: z.string(),
    at: z.number().describe('UTC ms'),
    actor: z.string(),
    outcome: z.enum(writeOutcomes).nullable().describe('null while it runs, or when a crash cut it short'),
    from: z.number().nullable(),
    to: z.number(),
    found: z.number().nullable().describe('What was read back; null: a fault, or nothing could be read'),
    foundAt: z.number().nullable(),
    code: z.number().int().nullable(),
  })
  .meta({ id: 'SettingChange' })

export const audit = contract({
  settingChanges: {
    method: 'GET',
    path: '/devices/{id}/settings/changes',
    role: 'readonly',
    summary: 'The last change of each setting of a device that was sent to it',
    input: z.object({ id: z.string().min(1).max(64) }),
    output: z.array(settingChangeSchema),
  },
  changes: {
    method: 'GET',
    path: '/settings/changes',
    role: 'readonly',
    summary: 'Changes of settings that were sent to devices in a stretch of time, oldest first',
    input: z.object({
      devices: queryList(z.string().min(1).max(64)).pipe(z.array(z.string()).min(1).max(100)),
      from: queryNumber().describe('UTC ms, first moment included'),
      to: queryNumber().describe('UTC ms, first moment excluded'),
    }),
    output: z.object({
      changes: z.array(settingChangeSchema.extend({ device: z.string() })),
      more: z.boolean().describe('There were more; these are the newest'),
    }),
  },
  list: {
    method: 'GET',
    path: '/activity',
    role: 'admin',
    summary: 'What was done, newest first, in pages',
    input: z.object({
      before: queryNumber().optional().describe('id of the last entry of the page before'),
      limit: queryNumber().pipe(z.number().int().min(1).max(500)).default(100),
    }),
    output: z.object({ entries: z.array(auditEntrySchema) }),
  },
})
