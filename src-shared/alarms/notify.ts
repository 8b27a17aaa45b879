import { z } from 'zod'
import { isDate, isTime } from '../calendar.ts'
import { priorities } from './priority.ts'

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(120)
const localDate = z.string().refine(isDate, 'a day such as 2026-03-29')
const localTime = z.string().refine(isTime, 'a local time such as 2026-03-29T02:30')
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const endOfHours = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
const webAddress = z
  .string()
  .trim()
  .max(1000)
  .regex(/^https?:\/\/[^\s/]+\S*$/, 'an address that begins with https:// or http://')
/** Left out: it stays as it is; null: there is none any more. It is never told to anybody again. */
const secret = z.string().min(1).max(500).nullable().optional()
const people = z.array(id).max(200)

/** Ways on which a notice leaves the program. What a client shows by itself (desktop, sound) is not among them. */
export const channels = ['email', 'sms', 'webhook', 'push'] as const
export type Channel = (typeof channels)[number]

/** Somebody, or another program, that is told. Each way that is filled in is used. */
export const recipientContentSchema = z.strictObject({
  name,
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z]+)?$/)
    .describe('Of what is written to it; English where the program does not have it'),
  active: z.boolean().describe('false: is told nothing, such as while away'),
  alsoResolved: z.boolean().describe('Where the rule tells the end too: whether this one wants to know'),
  email: z.email().max(250).nullable(),
  sms: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 ()/-]{3,24}$/)
    .nullable()
    .describe('Telephone number, best with + and the number of the country'),
  webhook: webAddress.nullable().describe('Gets a signed POST'),
})
export type RecipientContent = z.infer<typeof recipientContentSchema>

export const browserSchema = z.object({ id, label: z.string(), addedAt: z.number() })

const kept = { id, version: z.number().int().describe('Goes up with every change; a save names the one it changes') }

export const recipientSchema = recipientContentSchema
  .extend({
    ...kept,
    secretSet: z.boolean().describe('Webhook: a secret to sign with is kept'),
    browsers: z.array(browserSchema).describe('Get web push'),
  })
  .meta({ id: 'AlarmRecipient' })
export type Recipient = z.infer<typeof recipientSchema>

/** Times of one day. `to` at or before `from` goes on into the next day. */
export const hoursSchema = z.strictObject({ from: timeOfDay, to: endOfHours })
export type Hours = z.infer<typeof hoursSchema>

/** When people are told at all, in the local time of the installation. */
export const scheduleContentSchema = z.strictObject({
  name,
  week: z
    .array(hoursSchema.extend({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe('1 Monday to 7 Sunday') }))
    .max(50),
  holidays: z.array(z.strictObject({ date: localDate, name: z.string().trim().max(80), hours: z.array(hoursSchema).max(10) })).max(400),
})
export type ScheduleContent = z.infer<typeof scheduleContentSchema>
export const scheduleSchema = scheduleContentSchema.extend(kept).meta({ id: 'AlarmSchedule' })
export type Schedule = z.infer<typeof scheduleSchema>

/** Who of a list is told: everybody, or one after another, a week each. Local times. */
export const rotaSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('weekly'),
    start: localDate.describe('The first hand-over on or after this day goes to the first member'),
    weekday: z.number().int().min(1).max(7).describe('Of the hand-over; 1 Monday to 7 Sunday'),
    at: timeOfDay.describe('Of the hand-over'),
    exceptions: z
      .array(z.strictObject({ from: localTime, to: localTime, recipient: id }))
      .max(200)
      .describe('Who stands in, such as in a holiday; the last one that fits counts'),
  }),
])
export type Rota = z.infer<typeof rotaSchema>

export const listContentSchema = z.strictObject({
  name,
  members: people.describe('In the order of the rota'),
  rota: rotaSchema,
})
export type ListContent = z.infer<typeof listContentSchema>
export const listSchema = listContentSchema.extend(kept).meta({ id: 'AlarmNotifyList' })
export type NotifyList = z.infer<typeof listSchema>

export const mailSecurities = ['none', 'starttls', 'tls'] as const
export const mailSchema = z.strictObject({
  on: z.boolean(),
  host: z.string().trim().max(250),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(mailSecurities).describe('starttls is asked for and must be given'),
  user: z.string().trim().max(250).describe('Empty: no sign-in'),
  password: secret,
  from: z.string().trim().max(250).describe('Address, or Name <address>'),
  checkCertificate: z.boolean(),
})
export type MailSettings = z.infer<typeof mailSchema>

/** A gateway of SMS that is asked over HTTP. In address, headers and body stand {{number}}, {{text}} and {{secret}}. */
export const smsSchema = z.strictObject({
  on: z.boolean(),
  method: z.enum(['GET', 'POST', 'PUT']),
  url: z.string().trim().max(1000),
  headers: z.array(z.strictObject({ name: z.string().regex(/^[A-Za-z0-9-]{1,80}$/), value: z.string().max(1000) })).max(20),
  body: z.string().max(5000).describe('With GET it is not sent'),
  escape: z.enum(['json', 'url', 'none']).describe('How number and text are put into the body; in the address always as url'),
  success: z.string().max(300).describe('Regular expression that the answer must hold; empty: status 200 to 299 is enough'),
  secret,
})
export type SmsSettings = z.infer<typeof smsSchema>

export const generalSchema = z.strictObject({
  address: z.union([z.literal(''), webAddress]).describe('Where people reach this program; stands in messages as a link. Empty: none'),
  mostInTenMinutes: z.number().int().min(2).max(100).describe('Messages to one recipient on one way; more are gathered into one'),
  push: z.boolean(),
})
export type GeneralSettings = z.infer<typeof generalSchema>

export const channelSettingsSchema = z
  .object({
    general: generalSchema,
    mail: mailSchema.omit({ password: true }).extend({ secretSet: z.boolean() }),
    sms: smsSchema.omit({ secret: true }).extend({ secretSet: z.boolean() }),
  })
  .meta({ id: 'AlarmChannels' })
export type ChannelSettings = z.infer<typeof channelSettingsSchema>

/** Why something did not go out, or was not certain to. */
export const troubles = [
  'channelOff',
  'noAddress',
  'badSettings',
  'hostUnknown',
  'refused',
  'timeout',
  'lost',
  'certificate',
  'noTls',
  'signIn',
  'senderRefused',
  'recipientRefused',
  'messageRefused',
  'serverBusy',
  'status',
  'redirect',
  'answer',
  'browserGone',
  'stopped',
  'other',
] as const
export type Trouble = (typeof troubles)[number]
/** `detail` is what the other side said, or its status; in its own words. */
export const troubleSchema = z.object({ code: z.enum(troubles), detail: z.string() })

/**
 * `waiting` for its time or turn, `retrying` failed and will be tried again, `dead` failed for good, `uncertain` left the program, but nobody
 * answered that it arrived: it is not sent again by itself. `spared`: there was no need any more.
 */
export const noticeStates = ['waiting', 'sending', 'sent', 'retrying', 'dead', 'uncertain', 'spared', 'discarded'] as const
export type NoticeState = (typeof noticeStates)[number]
export const sparedReasons = ['acknowledged', 'cleared', 'hidden', 'ended', 'nobody', 'never', 'inactive'] as const
export const noticeKinds = ['raised', 'resolved'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export const noticeSchema = z
  .object({
    id,
    state: z.enum(noticeStates),
    what: z.enum(noticeKinds),
    occurrence: z.string(),
    alarm: z.string().describe('Of the condition'),
    priority: z.enum(priorities),
    ruleName: z.string(),
    device: z.string().nullable(),
    deviceName: z.string(),
    place: z.string(),
    step: z.number().int().describe('Of the rule, from 0; above 0 it is an escalation'),
    list: z.string(),
    recipient: z.string().nullable().describe('Id; null before its time has come: then it is not decided whom'),
    recipientName: z.string().describe('Of the list before its time has come'),
    channel: z.enum(channels).nullable(),
    to: z.string().describe('Address, number or browser'),
    madeAt: z.number().describe('UTC ms'),
    dueAt: z.number().describe('UTC ms; of the next try'),
    endedAt: z.number().nullable().describe('UTC ms; when it was sent, given up or spared'),
    tries: z.number().int(),
    trouble: troubleSchema.nullable(),
    reason: z.enum(sparedReasons).nullable(),
    gathered: z.number().int().describe('So many notices went in the same message; 1: alone, 0: not sent yet'),
  })
  .meta({ id: 'AlarmNotice' })
export type Notice = z.infer<typeof noticeSchema>
