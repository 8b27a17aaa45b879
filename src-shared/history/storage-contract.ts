import { z } from 'zod'
import { contract, nothing } from '../contract.ts'

/** What points are stored for. `register`: it only counts up, such as energy and volume. `calculated`: out of other points. */
export const pointClasses = ['measurement', 'register', 'state', 'setting', 'calculated'] as const
export type PointClass = (typeof pointClasses)[number]

const months = z.number().int().min(1).max(1200).nullable().describe('Months that every sample is kept; null: for ever')

export const retentionSchema = z
  .object({ measurement: months, register: months, state: months, setting: months, calculated: months })
  .meta({ id: 'Retention' })
export type Retention = z.infer<typeof retentionSchema>

export const keepAll: Retention = { measurement: null, register: null, state: null, setting: null, calculated: null }

const bytes = z.number().describe('Bytes on disk')

export const storageQuestions = contract({
  storage: {
    method: 'GET',
    path: '/history/storage',
    role: 'readonly',
    summary: 'What is stored, how large it is, measured, and month by month',
    input: nothing,
    output: z.object({
      state: z.enum(['ready', 'refilling', 'failed']),
      notice: z.string().nullable(),
      samples: z.number().int(),
      first: z.number().nullable().describe('UTC ms'),
      last: z.number().nullable(),
      points: z.number().int().describe('That have samples'),
      waiting: z.number().int().describe('Samples on their way into the database'),
      hot: z.number().int().describe('Samples not in a sealed file yet'),
      bytes: z.object({ sealed: bytes, hot: bytes, journal: bytes, settings: bytes, exports: bytes, log: bytes, other: bytes }),
      free: bytes.describe('Free on the disk of the data folder'),
      perSample: z.number().nullable().describe('Bytes of a sample in the sealed files; null while there are none'),
      perPointYear: z
        .number()
        .nullable()
        .describe('Bytes that a point takes in a year, as often as it was stored so far; null before a day is stored'),
      months: z.array(
        z.object({
          month: z.string().describe('Such as 2026-11, in UTC'),
          files: z.number().int(),
          rows: z.number().int(),
          bytes,
          whole: z.boolean().describe('One sorted file that changes no more'),
        }),
      ),
    }),
  },
  retention: {
    method: 'GET',
    path: '/history/retention',
    role: 'readonly',
    summary: 'How long every sample of each class of point is kept; sums of days stay for ever',
    input: nothing,
    output: z.object({ retention: retentionSchema, points: z.record(z.enum(pointClasses), z.number().int()) }),
  },
  setRetention: {
    method: 'PUT',
    path: '/history/retention',
    role: 'admin',
    summary: 'Sets how long every sample of each class of point is kept. What is older is removed for good, but for sums of days',
    input: retentionSchema,
    output: retentionSchema,
    audit: 'history',
  },
})
