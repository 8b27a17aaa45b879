import { z } from 'zod'
import { queryList, queryNumber, type Operation } from '../contract.ts'
import { decimalSigns, delimiters, type DecimalSign, type Delimiter } from './csv.ts'
import { figures, steps } from './step.ts'
import { cellStates } from './table.ts'

/** The most series of one table. */
export const mostTableSeries = 50
export const mostTableRows = 10_000

const range = {
  from: queryNumber().describe('UTC ms, first moment included'),
  to: queryNumber().describe('UTC ms, first moment excluded'),
}
const wholeRange = <T extends { from: number; to: number }>({ from, to }: T) => from < to
const reversed = { message: 'from must be before to', path: ['from'] }

const series = queryList(queryNumber())
  .pipe(z.array(z.number().int().nonnegative()).min(1).max(mostTableSeries))
  .describe('Each once, in the order of the columns')

/** Which table is meant, for a look at it and for a file of it. */
export const tableFields = {
  series,
  ...range,
  step: z.enum(steps).default('raw').describe('raw: every stored sample; else whole buckets of the local calendar that the range touches'),
  figures: queryList(z.enum(figures))
    .pipe(z.array(z.enum(figures)).min(1))
    .default(['mean'])
    .describe('What is told of each bucket; of no meaning for raw. delta counts from the last value before a bucket to the last one in it'),
}

export const tableQuestion = {
  method: 'GET',
  path: '/history/table',
  role: 'readonly',
  summary: 'Readings of up to 50 series side by side, one row for each moment or bucket, oldest first, in pages',
  input: z
    .object({ ...tableFields, limit: queryNumber().pipe(z.number().int().min(1).max(mostTableRows)).default(2000) })
    .refine(wholeRange, reversed),
  output: z
    .object({
      at: z.array(z.number()).describe('UTC ms; of a bucket its first moment'),
      columns: z.array(
        z.object({
          series: z.number().int(),
          figure: z.enum(figures).nullable().describe('null: the sample itself'),
          value: z.array(z.number().nullable()),
          state: z.array(z.number().int()).describe(cellStates.map((state, i) => `${i} ${state}`).join(', ')),
        }),
      ),
      total: z.number().int().nullable().describe('Rows from `from` to `to`, where that is known before they are read'),
      next: z.number().nullable().describe('`from` of the next page'),
    })
    .meta({ id: 'ReadingsTable' }),
} as const satisfies Operation

export const gapsQuestion = {
  method: 'GET',
  path: '/history/gaps',
  role: 'readonly',
  summary: 'Where nothing that counts was stored for longer than expected, and which share of the range is there',
  input: z
    .object({
      series,
      ...range,
      everyMs: queryNumber()
        .pipe(z.number().int().min(1000))
        .optional()
        .describe('Distance expected between samples; when absent that of the device, mostly 15 minutes'),
      limit: queryNumber().pipe(z.number().int().min(1).max(5000)).default(500),
    })
    .refine(wholeRange, reversed),
  output: z
    .object({
      gaps: z
        .array(z.object({ series: z.number().int(), from: z.number(), to: z.number() }))
        .describe('Newest first: UTC ms of the samples around each, or the ends of the range'),
      series: z.array(
        z.object({
          series: z.number().int(),
          everyMs: z.number().describe('Distance expected between its samples'),
          gaps: z.number().int().describe('How many there are, also beyond the limit'),
          share: z.number().describe('0 to 1'),
        }),
      ),
      to: z.number().describe('UTC ms up to which was looked: `to`, or now'),
      share: z.number().describe('Of all series, 0 to 1'),
    })
    .meta({ id: 'GapList' }),
} as const satisfies Operation

export const exportFormats = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const
export type ExportFormat = keyof typeof exportFormats

const keysOf = <K extends string>(table: Record<K, string>) => Object.keys(table) as [K, ...K[]]

export const exportQuestion = {
  method: 'GET',
  path: '/history/export',
  role: 'readonly',
  summary: 'The same table as a file, CSV or XLSX, sent while it is read',
  input: z
    .object({
      ...tableFields,
      format: z.enum(keysOf<ExportFormat>(exportFormats)).default('csv'),
      delimiter: z.enum(keysOf<Delimiter>(delimiters)).default('semicolon'),
      decimal: z.enum(keysOf<DecimalSign>(decimalSigns)).default('point'),
      zone: z.enum(['local', 'utc']).default('local').describe('Of the time column; local times have their distance from UTC beside them'),
      bom: z.stringbool().default(true).describe('Byte order mark, by which spreadsheets know UTF-8'),
      quality: z.stringbool().default(true).describe('A column with the quality of each value'),
      language: z.enum(['en', 'de']).default('en').describe('Of the column heads'),
      job: z
        .string()
        .regex(/^[\w-]{1,40}$/)
        .optional()
        .describe('Tells how far it is in the live event `jobs`, under `history.export.` and this name'),
    })
    .refine(wholeRange, reversed),
  output: z.unknown().meta({ type: 'string', format: 'binary' }),
  file: Object.values(exportFormats),
} as const satisfies Operation
