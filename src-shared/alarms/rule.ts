import { z } from 'zod'
import { priorities } from './priority.ts'

const id = z.string().min(1).max(64)
const pointId = z
  .string()
  .regex(/^[a-z][A-Za-z0-9.]*$/)
  .max(100)
const points = z.array(pointId).min(1).max(50)
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('Local time, such as 02:30')
const limit = z.number().finite().nullable()
const words = z.string().trim().max(2000)

export const alarmKinds = [
  'limit',
  'rate',
  'deviation',
  'consumption',
  'controller',
  'offline',
  'sensor',
  'stuck',
  'missing',
  'meter',
  'health',
] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** Levels of a limit, each a condition of its own; the outer ones are one step more urgent than the rule. */
export const levels = ['highHigh', 'high', 'low', 'lowLow'] as const
export type Level = (typeof levels)[number]

/** What of the program itself is looked at. */
export const healthChecks = ['diskFree', 'backupAge', 'pollOverrun', 'historyFailed', 'historyBehind', 'settingsFailed'] as const

/** Devices that a rule applies to. A group is live: a device that comes to fit is in it. */
export const scopeSchema = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('all'), except: z.array(id).max(5000).default([]) }),
    z.strictObject({ by: z.literal('devices'), devices: z.array(id).max(5000) }),
    z.strictObject({
      by: z.literal('group'),
      labels: z.array(z.string().trim().min(1).max(40)).max(50).default([]),
      match: z.enum(['any', 'all']).default('any').describe('Which of the labels a device has'),
      words: z.string().trim().max(120).default('').describe('In its name or place'),
      except: z.array(id).max(5000).default([]),
    }),
    z.strictObject({
      by: z.literal('application'),
      profiles: z.array(z.string().min(1).max(200)).min(1).max(200),
      except: z.array(id).max(5000).default([]),
    }),
  ])
  .meta({ id: 'AlarmScope' })
export type Scope = z.infer<typeof scopeSchema>

/** Numbers are in the canonical unit of the point; times of day are local. */
export const testSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('limit'),
      points,
      highHigh: limit,
      high: limit,
      low: limit,
      lowLow: limit,
      deadband: z.number().min(0).describe('So far back inside before it clears'),
    }),
    z.strictObject({
      kind: z.literal('rate'),
      points,
      rise: z.number().positive().nullable().describe('Per hour'),
      fall: z.number().positive().nullable().describe('Per hour'),
      minutes: z.number().int().min(1).max(1440).describe('Over which the change is measured'),
    }),
    z.strictObject({
      kind: z.literal('deviation'),
      pairs: z
        .array(z.strictObject({ point: pointId, reference: pointId }))
        .min(1)
        .max(20),
      above: z.number().positive().nullable(),
      below: z.number().positive().nullable(),
      deadband: z.number().min(0),
    }),
    z.strictObject({
      kind: z.literal('consumption'),
      points: points.describe('Registers that count up: energy, volume'),
      from: timeOfDay,
      to: timeOfDay.describe('Before `from`: on the next day; the same: a whole day'),
      above: z.number().min(0).nullable().describe('More within the time of day; raised as soon as it is so'),
      below: z.number().min(0).nullable().describe('Less, known at its end'),
    }),
    z.strictObject({
      kind: z.literal('controller'),
      points: z.array(pointId).max(100).describe('Empty: all alarms that the controller has'),
    }),
    z.strictObject({ kind: z.literal('offline') }),
    z.strictObject({
      kind: z.literal('sensor'),
      points: z.array(pointId).max(100).describe('Empty: all measured points'),
      polls: z.number().int().min(1).max(20).describe('So many in a row say that the sensor is broken'),
    }),
    z.strictObject({
      kind: z.literal('stuck'),
      points,
      hours: z.number().min(0.25).max(720),
      within: z.number().min(0).describe('Changes up to this are none'),
    }),
    z.strictObject({
      kind: z.literal('missing'),
      points: z.array(pointId).max(100).describe('Empty: all measured points'),
      hours: z.number().min(0.25).max(720),
    }),
    z.strictObject({ kind: z.literal('meter'), severities: z.enum(['alarm', 'all']).describe('Which findings of the check of meters') }),
    z.strictObject({
      kind: z.literal('health'),
      checks: z.array(z.enum(healthChecks)).min(1),
      diskFree: z.number().min(0).describe('GB'),
      backupAge: z.number().min(1).describe('Hours'),
      pollOverrun: z.number().min(1).describe('Late reads in an hour, all devices together'),
    }),
  ])
  .meta({ id: 'AlarmTest' })
export type AlarmTest = z.infer<typeof testSchema>
export type TestOf<K extends AlarmKind> = Extract<AlarmTest, { kind: K }>

/** A rule looks only while all of these hold; when one does not, its condition is not true. */
export const gateSchema = z.strictObject({
  point: pointId,
  is: z.enum(['above', 'below', 'equal', 'unequal']),
  value: z.number().finite(),
})
export type Gate = z.infer<typeof gateSchema>

/** Numbers of the test by name that are others on one device, and delays; `off` takes the device out. */
export const overrideSchema = z.strictObject({
  device: id,
  off: z.boolean().default(false),
  values: z.record(z.string().max(40), z.number().finite().nullable()).default({}),
  onDelayS: z.number().int().min(0).max(604_800).optional(),
  offDelayS: z.number().int().min(0).max(604_800).optional(),
  until: z.number().nullable().default(null).describe('UTC ms when it ends by itself'),
  reason: z.string().trim().max(300).default(''),
})
export type Override = z.infer<typeof overrideSchema>

export const notifySchema = z.strictObject({
  steps: z
    .array(z.strictObject({ list: id, afterMinutes: z.number().int().min(0).max(10_080) }))
    .max(5)
    .describe('Whom to tell when it stands unacknowledged for so long; the first may be at once'),
  resolved: z.boolean().describe('Tell those who were told also when it is gone'),
  schedule: id.nullable().describe('When anybody is told at all; null: always'),
})
export type Notify = z.infer<typeof notifySchema>

/** What a person decides of a rule. Delays in seconds. */
export const ruleContentSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: words,
  enabled: z.boolean(),
  priority: z.enum(priorities),
  scope: scopeSchema,
  test: testSchema,
  while: z.array(gateSchema).max(3),
  onDelayS: z.number().int().min(0).max(604_800).describe('The condition holds so long before it is raised'),
  offDelayS: z.number().int().min(0).max(604_800).describe('It is gone so long before it clears'),
  latched: z.boolean().describe('Stands until somebody resets it'),
  cause: words,
  consequence: words,
  action: words.describe('What to do, a step a line'),
  respondMinutes: z.number().int().min(1).max(100_000).nullable(),
  link: z.string().trim().max(500).describe('Address or place of a document; may be empty'),
  notify: notifySchema,
  overrides: z.array(overrideSchema).max(5000),
})
export type RuleContent = z.infer<typeof ruleContentSchema>
export type RuleContentInput = z.input<typeof ruleContentSchema>

export const ruleSchema = ruleContentSchema
  .extend({
    id,
    version: z.number().int().describe('Goes up with every change; a save names the one it changes'),
    library: z.string().nullable().describe('Which ready-made rule it was taken from'),
    createdAt: z.number(),
    changedAt: z.number(),
    changedBy: z.string(),
    removedAt: z.number().nullable(),
  })
  .meta({ id: 'AlarmRule' })
export type Rule = z.infer<typeof ruleSchema>
