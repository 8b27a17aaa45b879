import { z } from 'zod'
import { contract, done, nothing, queryNumber } from '../contract.ts'
import { delimiters, type Delimiter } from '../history/csv.ts'
import { kpiRows } from './kpi-contract.ts'
import { notifyRows } from './notify-contract.ts'
import { priorities } from './priority.ts'
import { alarmRowSchema, alarmSummarySchema, floodSchema, happeningSchema, occurrenceSchema } from './row.ts'
import { ruleRows } from './rule-contract.ts'
import { trialRows } from './trial-contract.ts'

const key = z.string().min(1).max(400)
const keys = z.array(key).min(1).max(10_000)
const reason = z.string().trim().min(1).max(500)

/** What came of each alarm that a person acted on. */
export const actedSchema = z
  .object({
    done: z.number().int(),
    skipped: z.array(z.object({ id: z.string(), why: z.enum(['gone', 'notSo', 'denied', 'tooLong', 'commentNeeded']) })),
  })
  .meta({ id: 'AlarmsActedOn' })
export type ActedOn = z.infer<typeof actedSchema>

/** Most hours that an alarm may be shelved for, by priority. */
export const longestShelfMinutes = { critical: 60, high: 24 * 60, medium: 24 * 60, low: 24 * 60 } as const
export const usualShelfMinutes = 15

export const alarmViews = ['open', 'pending', 'shelved', 'suppressed', 'outOfService'] as const

const historyFilter = {
  from: queryNumber().describe('UTC ms; raised at or after'),
  to: queryNumber(),
  device: z.string().max(64).optional(),
  rule: z.string().max(64).optional(),
  priority: z.enum(priorities).optional(),
  words: z.string().trim().max(120).optional().describe('In the name of the rule, device or place, or who acknowledged'),
}

export const alarms = contract({
  list: {
    method: 'GET',
    path: '/alarms',
    role: 'readonly',
    summary: 'Alarms as they stand now: open (active or unacknowledged), pending, shelved, suppressed by design, or out of service',
    input: z.object({ view: z.enum(alarmViews).default('open'), device: z.string().max(64).optional() }),
    output: z.object({ at: z.number(), rows: z.array(alarmRowSchema), flood: floodSchema }),
  },
  summary: {
    method: 'GET',
    path: '/alarms/summary',
    role: 'readonly',
    summary: 'How many alarms stand by priority and state, how old the oldest is, and whether there is a flood',
    input: nothing,
    output: alarmSummarySchema,
  },
  get: {
    method: 'GET',
    path: '/alarms/one',
    role: 'readonly',
    summary: 'One alarm with its response sheet, its last occurrences and what happened to it',
    input: z.object({ id: key }),
    output: z.object({
      row: alarmRowSchema,
      sheet: z.object({
        description: z.string(),
        cause: z.string(),
        consequence: z.string(),
        steps: z.array(z.object({ text: z.string(), done: z.object({ at: z.number(), by: z.string() }).nullable() })),
        respondMinutes: z.number().nullable(),
        link: z.string(),
      }),
      occurrences: z.array(occurrenceSchema),
      happenings: z.array(happeningSchema),
      beneath: z.array(alarmRowSchema).describe('What it stands for and hides'),
    }),
  },
  acknowledge: {
    method: 'POST',
    path: '/alarms/acknowledge',
    role: 'basic',
    summary: 'Say that alarms have been seen, while they are active or after; a critical one needs a comment',
    input: z.object({ ids: keys, comment: z.string().trim().max(500).default('') }),
    output: actedSchema,
    audit: 'alarm',
  },
  reset: {
    method: 'POST',
    path: '/alarms/reset',
    role: 'basic',
    summary: 'Reset latched alarms whose condition is gone',
    input: z.object({ ids: keys }),
    output: actedSchema,
    audit: 'alarm',
  },
  shelve: {
    method: 'POST',
    path: '/alarms/shelve',
    role: 'limited',
    summary: 'Hide alarms for a time, or until they clear; they go on being recorded',
    input: z.object({
      ids: keys,
      minutes: z
        .number()
        .int()
        .min(1)
        .max(24 * 60)
        .nullable()
        .describe('null: until it clears, at most as long as its priority allows'),
      reason,
    }),
    output: actedSchema,
    audit: 'alarm',
  },
  unshelve: {
    method: 'POST',
    path: '/alarms/unshelve',
    role: 'limited',
    summary: 'Bring shelved alarms back now',
    input: z.object({ ids: keys }),
    output: actedSchema,
    audit: 'alarm',
  },
  remove: {
    method: 'POST',
    path: '/alarms/out-of-service',
    role: 'full',
    summary: 'Take alarms out of service for a repair, until somebody returns them',
    input: z.object({ ids: keys, reason }),
    output: actedSchema,
    audit: 'alarm',
  },
  return: {
    method: 'POST',
    path: '/alarms/in-service',
    role: 'full',
    summary: 'Return alarms to service',
    input: z.object({ ids: keys }),
    output: actedSchema,
    audit: 'alarm',
  },
  maintain: {
    method: 'PUT',
    path: '/alarms/maintenance/{device}',
    role: 'basic',
    summary: 'Say that a device is being worked on: its alarms are suppressed by design until then; null ends it',
    input: z.object({
      device: z.string().max(64),
      until: z.number().nullable().describe('UTC ms, at most seven days ahead'),
      reason: z.string().trim().max(500).default(''),
    }),
    output: done,
    audit: 'alarm',
  },
  maintenance: {
    method: 'GET',
    path: '/alarms/maintenance',
    role: 'readonly',
    summary: 'Devices that are being worked on',
    input: nothing,
    output: z.array(z.object({ device: z.string(), since: z.number(), until: z.number(), by: z.string(), reason: z.string() })),
  },
  comment: {
    method: 'POST',
    path: '/alarms/comment',
    role: 'basic',
    summary: 'Write a remark beside an alarm',
    input: z.object({ id: key, text: reason }),
    output: done,
    audit: 'alarm',
  },
  stepDone: {
    method: 'POST',
    path: '/alarms/step',
    role: 'basic',
    summary: 'Tick a step of the response sheet of the present occurrence',
    input: z.object({ id: key, occurrence: z.string().max(64), step: z.number().int().min(0).max(200) }),
    output: done,
    audit: 'alarm',
  },
  history: {
    method: 'GET',
    path: '/alarms/history',
    role: 'readonly',
    summary: 'Occurrences of a period, newest first, a page at a time; also those that came and went unseen',
    input: z.object({
      ...historyFilter,
      limit: queryNumber().pipe(z.number().int().min(1).max(1000)).default(200),
      before: z.string().max(120).optional().describe('`next` of the page before'),
    }),
    output: z.object({ rows: z.array(occurrenceSchema), next: z.string().nullable(), total: z.number().int() }),
  },
  historyFile: {
    method: 'GET',
    path: '/alarms/history.csv',
    role: 'readonly',
    summary: 'The same as a file of comma separated values',
    input: z.object({
      ...historyFilter,
      delimiter: z.enum(Object.keys(delimiters) as [Delimiter, ...Delimiter[]]).default('semicolon'),
      decimal: z.enum(['point', 'comma']).default('point').describe('Decimal sign'),
    }),
    output: z.unknown().meta({ type: 'string', format: 'binary' }),
    file: ['text/csv'],
  },
  ...ruleRows,
  ...trialRows,
  ...notifyRows,
  ...kpiRows,
})
