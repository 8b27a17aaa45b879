import { z } from 'zod'

/** Columns of a table of devices, in their order. The heads are English in every language, so that files can be exchanged. */
export const tableColumns = ['name', 'place', 'tags', 'way', 'host', 'port', 'unit', 'member', 'baud', 'parity', 'stop', 'profile'] as const
export type TableColumn = (typeof tableColumns)[number]
export type TableCells = Partial<Record<TableColumn, string>>

export const tableLimits = { bytes: 5_000_000, rows: 10_000, cell: 2000 } as const

/** `new` would be or is not yet added; `known` is in the list already; `faulty` cannot be added as it stands. */
export const tableRowStates = ['new', 'known', 'faulty', 'found', 'added', 'failed'] as const

const report = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })

export const tableRowSchema = z
  .object({
    line: z.number().int().describe('In the file, counted from 1'),
    cells: z.record(z.string(), z.string()),
    state: z
      .enum(tableRowStates)
      .describe(
        'new: can be added; known: in the list already; faulty: cannot be added; found: answered when asked; added; failed: adding or asking did not work',
      ),
    field: z.string().nullable().describe('The column at fault'),
    failure: report.nullable(),
    found: z.string().nullable().describe('What answered, such as ECL Comfort 310 A266.1'),
    device: z.string().nullable().describe('id of the device'),
  })
  .meta({ id: 'TableRow' })
export type TableRow = z.infer<typeof tableRowSchema>

export const importRunSchema = z
  .object({
    id: z.string(),
    state: z.enum(['read', 'asking', 'asked', 'adding', 'done', 'cancelled']),
    encoding: z.enum(['utf-8', 'utf-8 with BOM', 'utf-16', 'windows-1252']),
    separator: z.enum([';', ',', '\t']),
    rows: z.number().int(),
    counts: z.record(z.enum(tableRowStates), z.number().int()),
    ignored: z.array(z.string()).describe('Columns that mean nothing here'),
    done: z.number().int(),
    total: z.number().int().describe('Rows of the work under way'),
  })
  .meta({ id: 'ImportRun' })
export type ImportRun = z.infer<typeof importRunSchema>

export const tableFileSchema = z.object({ name: z.string(), text: z.string() })
