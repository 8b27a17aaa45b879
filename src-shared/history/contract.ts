import { z } from 'zod'
import { contract, nothing, queryList, queryNumber } from '../contract.ts'
import { sparksQuestion } from './sparks-contract.ts'
import { storageQuestions } from './storage-contract.ts'
import { exportQuestion, gapsQuestion, tableQuestion } from './table-contract.ts'

const range = {
  from: queryNumber().describe('UTC ms, first moment included'),
  to: queryNumber().describe('UTC ms, first moment excluded'),
}

export const lineSchema = z
  .object({
    series: z.number().int(),
    at: z.array(z.number()).describe('UTC ms'),
    value: z.array(z.number().nullable()),
    quality: z.array(z.number().int()).describe('0 good, 1 fault, 2 offline, 3 stale, 4 substituted, 5 manual, 6 log'),
    stored: z.number().int().describe('Samples stored in the range'),
    min: z.array(z.number().nullable()).nullable().describe('Smallest value of each bucket, when the line is reduced'),
    max: z.array(z.number().nullable()).nullable(),
  })
  .meta({ id: 'Line' })
export type Line = z.infer<typeof lineSchema>

export const history = contract({
  chart: {
    method: 'GET',
    path: '/history/chart',
    role: 'readonly',
    summary: 'Stored samples of up to 40 series, reduced to what the width can show; gaps come as null',
    input: z.object({
      series: queryList(queryNumber()).pipe(z.array(z.number().int()).min(1).max(40)),
      ...range,
      width: queryNumber().pipe(z.number().int().min(50).max(20000)).default(1500),
    }),
    output: z.object({ lines: z.array(lineSchema) }),
  },
  readings: {
    method: 'GET',
    path: '/history/readings',
    role: 'readonly',
    summary: 'Stored samples of one series as they are, oldest first, in pages',
    input: z.object({ series: queryNumber(), ...range, limit: queryNumber().pipe(z.number().int().min(1).max(50000)).default(5000) }),
    output: z.object({
      at: z.array(z.number()),
      value: z.array(z.number().nullable()),
      quality: z.array(z.number().int()),
      next: z.number().nullable().describe('`from` of the next page'),
    }),
  },
  table: tableQuestion,
  gaps: gapsQuestion,
  sparks: sparksQuestion,
  export: exportQuestion,
  ...storageQuestions,
  status: {
    method: 'GET',
    path: '/history/status',
    role: 'readonly',
    summary: 'How much is stored and whether the store is well',
    input: nothing,
    output: z.object({
      state: z.enum(['ready', 'refilling', 'failed']),
      samples: z.number().int(),
      first: z.number().nullable(),
      last: z.number().nullable(),
      databaseBytes: z.number().int(),
      journalBytes: z.number().int(),
      waiting: z.number().int().describe('Samples in the journal that the database does not have yet'),
      notice: z.string().nullable().describe('What happened at the last start, when it was not a plain one'),
    }),
  },
})
