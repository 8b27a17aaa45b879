import { z } from 'zod'
import { units, type Quantity } from '../units.ts'
import { priorities } from './priority.ts'
import { alarmKinds } from './rule.ts'
import { alarmStates, suppressionReasons } from './state.ts'

const person = z.object({ at: z.number().describe('UTC ms'), by: z.string() })

export const shelfSchema = person.extend({
  reason: z.string(),
  until: z.number().nullable().describe('UTC ms; null: until it clears'),
  oneShot: z.boolean(),
})

/** A condition as operators see it. */
export const alarmRowSchema = z
  .object({
    id: z.string().describe('Of the condition; the same for every occurrence'),
    occurrence: z.string().nullable(),
    state: z.enum(alarmStates),
    active: z.boolean().describe('The condition is true now'),
    priority: z.enum(priorities),
    kind: z.enum(alarmKinds),
    rule: z.string(),
    ruleName: z.string(),
    device: z.string().nullable(),
    deviceName: z.string().describe('What failed where it is no device: a line, a gateway, the program'),
    place: z.string(),
    line: z.string().describe('What the device is reached through'),
    point: z.string().nullable(),
    part: z.string().describe('Level, health check, kind of finding; may be empty'),
    series: z.number().int().nullable(),
    is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]).nullable(),
    decimals: z.number().int(),
    value: z.number().nullable().describe('Now, in the canonical unit'),
    raisedValue: z.number().nullable(),
    limit: z.number().nullable(),
    raisedAt: z.number().nullable().describe('UTC ms; begin of the last occurrence'),
    clearedAt: z.number().nullable(),
    changedAt: z.number(),
    acknowledged: person.extend({ comment: z.string() }).nullable(),
    waiting: z.number().int().describe('Occurrences that nobody has acknowledged'),
    recent: z.array(z.number()).describe('Begins of the last occurrences, at most five, newest first'),
    pendingUntil: z.number().nullable().describe('Holds since less than its delay; UTC ms when it is raised if it stays so'),
    respondBy: z.number().nullable(),
    shelf: shelfSchema.nullable(),
    suppression: z.object({ at: z.number(), reason: z.enum(suppressionReasons), by: z.string().nullable() }).nullable(),
    out: person.extend({ reason: z.string() }).nullable(),
    beneath: z.number().int().describe('Conditions that it stands for and hides'),
    unsaved: z.boolean().describe('Could not be written to disk; it would be forgotten at a stop'),
  })
  .meta({ id: 'AlarmRow' })
export type AlarmRow = z.infer<typeof alarmRowSchema>

const byPriority = z.object({
  priority: z.enum(priorities),
  unacknowledged: z.number().int(),
  acknowledged: z.number().int(),
  returned: z.number().int(),
})

export const floodSchema = z
  .object({
    active: z.boolean(),
    since: z.number().nullable(),
    count: z.number().int().describe('Raised in the last ten minutes'),
    firstOut: z.string().nullable().describe('The condition that the flood began with'),
  })
  .meta({ id: 'AlarmFlood' })
export type Flood = z.infer<typeof floodSchema>

export const alarmSummarySchema = z
  .object({
    at: z.number(),
    priorities: z.array(byPriority),
    open: z.number().int(),
    pending: z.number().int(),
    shelved: z.number().int(),
    suppressed: z.number().int(),
    outOfService: z.number().int(),
    oldestUnacknowledged: z.number().nullable().describe('UTC ms'),
    newest: alarmRowSchema.nullable().describe('Unacknowledged and active, the one for the banner'),
    annunciated: z.number().describe('UTC ms of the last thing to be heard; sound repeats until it is silenced or acknowledged'),
    sounding: z.enum(priorities).nullable().describe('Most urgent unacknowledged and active'),
    flood: floodSchema,
    unsaved: z.number().int().describe('Changes that could not be written to disk yet'),
  })
  .meta({ id: 'AlarmSummary' })
export type AlarmSummary = z.infer<typeof alarmSummarySchema>

/** One time that a condition was true: what history keeps. */
export const occurrenceSchema = z
  .object({
    id: z.string(),
    alarm: z.string().describe('Of the condition'),
    priority: z.enum(priorities),
    kind: z.enum(alarmKinds),
    rule: z.string(),
    ruleName: z.string(),
    device: z.string().nullable(),
    deviceName: z.string(),
    place: z.string(),
    point: z.string().nullable(),
    part: z.string(),
    series: z.number().int().nullable(),
    is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]).nullable(),
    value: z.number().nullable().describe('When it was raised'),
    limit: z.number().nullable(),
    raisedAt: z.number(),
    clearedAt: z.number().nullable(),
    acknowledged: person.extend({ comment: z.string() }).nullable(),
    resetAt: z.number().nullable(),
    endedAt: z.number().nullable().describe('Nobody had to look at it any more'),
    hidden: z.enum(['shelved', 'suppressed', 'outOfService']).nullable().describe('It came while nobody was to see it'),
    beneath: z.string().nullable().describe('Condition that stood for it'),
  })
  .meta({ id: 'AlarmOccurrence' })
export type Occurrence = z.infer<typeof occurrenceSchema>

/** Something that happened to a condition. */
export const happenings = [
  'raised',
  'cleared',
  'acknowledged',
  'reset',
  'shelved',
  'unshelved',
  'shelfExpired',
  'suppressed',
  'unsuppressed',
  'removed',
  'returned',
  'commented',
  'stepDone',
  'notified',
  'ruleChanged',
] as const
export const happeningSchema = z
  .object({
    at: z.number(),
    what: z.enum(happenings),
    by: z.string().nullable().describe('null: Hearthgrid itself'),
    occurrence: z.string().nullable(),
    text: z.string().describe('Comment, reason or step'),
    value: z.number().nullable(),
  })
  .meta({ id: 'AlarmHappening' })
export type Happening = z.infer<typeof happeningSchema>
