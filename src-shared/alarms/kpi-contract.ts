import { z } from 'zod'
import { contract, queryNumber } from '../contract.ts'
import { delimiters, type Delimiter } from '../history/csv.ts'
import { priorities } from './priority.ts'
import { alarmKinds } from './rule.ts'

/** In the words of OPC UA Part 9 where it has one. Durations in ms, shares as parts of one. */
export const figureNames = [
  'alarmCount',
  'currentAlarmRate',
  'averageAlarmRate',
  'alarmsPerDay',
  'maximumAlarmRate',
  'worstHour',
  'worstMinute',
  'busyShare',
  'floodCount',
  'longestFlood',
  'floodShare',
  'stale',
  'chattering',
  'fleeting',
  'topTenShare',
  'medianToAcknowledge',
  'longToAcknowledge',
  'neverAcknowledged',
  'maximumActiveState',
  'maximumUnAck',
  'maximumReAlarmCount',
  'shelved',
  'outOfService',
  'suppressed',
] as const
export type FigureName = (typeof figureNames)[number]

/** `near`: worse than the goal, and not yet beyond where something must be done. */
export const goalMarks = ['met', 'near', 'missed'] as const
export type GoalMark = (typeof goalMarks)[number]

export const figureSchema = z
  .object({
    name: z.enum(figureNames),
    value: z.number().nullable().describe('Count, alarms in ten minutes or a day, part of one, or ms; null: nothing to count'),
    goal: z
      .object({
        is: z.enum(['atMost', 'under']),
        value: z.number(),
        act: z.number().nullable().describe('Beyond it something must be done'),
      })
      .nullable(),
    met: z.enum(goalMarks).nullable(),
  })
  .meta({ id: 'AlarmFigure' })
export type KpiFigure = z.infer<typeof figureSchema>

/** What to do about an alarm that comes too often or stands too long. */
export const suggestions = ['deadband', 'offDelay', 'onDelay', 'suppress', 'stale', 'review'] as const
export type Suggestion = (typeof suggestions)[number]

const named = z.object({
  alarm: z.string().describe('Of the condition'),
  rule: z.string(),
  ruleName: z.string(),
  device: z.string().nullable(),
  deviceName: z.string(),
  point: z.string().nullable(),
  part: z.string(),
})
export const sourceSchema = named
  .extend({
    kind: z.enum(alarmKinds),
    priority: z.enum(priorities),
    count: z.number().int().describe('Raised in the period'),
    share: z.number().describe('Of all alarms of the period'),
    changes: z.number().int().describe('Most changes between active and clear within a minute; three are chattering'),
    fleeting: z.number().int().describe('Gone within a minute, before anybody could act'),
    activeSince: z.number().nullable().describe('UTC ms; still active at the end of the period'),
    suggestion: z.enum(suggestions).nullable(),
    comesWith: named.nullable().describe('The alarm that it always follows'),
  })
  .meta({ id: 'AlarmSource' })
export type KpiSource = z.infer<typeof sourceSchema>

const spread = z.object({
  priority: z.enum(priorities),
  count: z.number().int(),
  share: z.number().nullable(),
  goal: z.number().describe('About this part of all'),
  met: z.enum(goalMarks).nullable(),
})
const bar = z.object({ from: z.number(), to: z.number(), counts: z.record(z.enum(priorities), z.number().int()) })

export const kpiSchema = z
  .object({
    from: z.number().describe('UTC ms; begin of what is counted, not before the first rule or alarm'),
    to: z.number().describe('UTC ms; end of what is counted, not after now'),
    figures: z.array(figureSchema),
    spread: z.array(spread),
    bars: z.array(bar).describe('Alarms by hour in up to eight days, else by day'),
    floods: z.array(z.object({ from: z.number(), to: z.number().nullable(), count: z.number().int(), firstOut: named.nullable() })),
    sources: z.array(sourceSchema).describe('The ten that came most often'),
    stale: z.array(sourceSchema).describe('Active for more than a day at the end of the period, oldest first; at most a hundred'),
    chattering: z.array(sourceSchema).describe('Worst first; at most a hundred'),
  })
  .meta({ id: 'AlarmKpi' })
export type AlarmKpi = z.infer<typeof kpiSchema>

/** How well the alarms are kept. */
export const kpiRows = contract({
  kpi: {
    method: 'GET',
    path: '/alarms/kpi',
    role: 'readonly',
    summary: 'How well the alarms of a period can be worked with: rates, floods, bad actors, and the figures to hold them against',
    input: z.object({ from: queryNumber().describe('UTC ms'), to: queryNumber().describe('At most 400 days after') }),
    output: kpiSchema,
  },
  kpiFile: {
    method: 'GET',
    path: '/alarms/kpi/file',
    role: 'readonly',
    summary: 'The same for a month of the calendar, as a file of comma separated values',
    input: z.object({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
        .describe('Such as 2026-11, in the time zone of the installation'),
      delimiter: z.enum(Object.keys(delimiters) as [Delimiter, ...Delimiter[]]).default('semicolon'),
      decimal: z.enum(['point', 'comma']).default('point').describe('Decimal sign'),
    }),
    output: z.unknown().meta({ type: 'string', format: 'binary' }),
    file: ['text/csv'],
  },
})
