import { z } from 'zod'
import { contract, queryNumber } from '../contract.ts'

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
    result: z.string().nullable().describe('done, or the code of the failure; null while it runs, or when a crash cut it short'),
    closedAt: z.number().nullable(),
  })
  .meta({ id: 'AuditEntry' })

export const audit = contract({
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
