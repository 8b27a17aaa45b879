import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { qualities } from '../reading.ts'
import { identitySchema } from './identity-schema.ts'
import { pointSchema } from './point-info.ts'
import { pointQuestions } from './points-contract.ts'
import { endpointSchema, serialLineSchema, tlsSchema, ways } from './way.ts'
import { connectionTestSchema, noticeCodes, tagsSchema, winkSchema } from './commissioning.ts'
import { writeResultSchema } from './write-result.ts'

export { pointSchema, type PointInfo } from './point-info.ts'

const id = z.string().min(1).max(64)

const hostField = z.string().trim().min(1).max(253).describe('IP address, host name, or the path of a serial port')
const portField = z.number().int().min(0).max(65535).describe('0 for a serial port')
const unitField = z.number().int().min(0).max(255).describe('Modbus unit id, or primary address of a meter')

const memberField = z
  .string()
  .trim()
  .max(500)
  .describe('Which of several behind one line: secondary address of a meter, base node at an OPC UA server, name at a gateway')

export const addressSchema = z
  .object({
    host: hostField,
    port: portField.default(502),
    unit: unitField.default(1),
    way: z
      .enum([...ways, 'calculated'])
      .optional()
      .describe('How it is reached; Modbus TCP when absent'),
    member: memberField.optional(),
    serial: serialLineSchema.optional(),
    tls: tlsSchema.optional(),
    endpoint: endpointSchema.optional(),
  })
  .meta({ id: 'Address' })

/** Contact with a device: `waiting` before the first answer ever, `degraded` when some reads fail and others do not. */
export const contactStates = ['waiting', 'online', 'degraded', 'offline'] as const

export const contactSchema = z
  .object({
    state: z.enum(contactStates),
    since: z.number().describe('UTC ms of the last change of state'),
    lastAnswer: z.number().nullable().describe('UTC ms'),
    failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  })
  .meta({ id: 'Contact' })
export type Contact = z.infer<typeof contactSchema>

export type Identity = z.infer<typeof identitySchema>

export const deviceSchema = z
  .object({
    id,
    name: z.string(),
    place: z.string().describe('Street address or other words that find it; may be empty'),
    address: addressSchema,
    profile: z.string(),
    recognised: z.boolean().describe('false: a general profile, since the application key is not known'),
    chosen: z.boolean().describe('A person chose the profile'),
    tags: tagsSchema,
    simulated: z.boolean(),
    identity: identitySchema,
    contact: contactSchema,
    key: z
      .array(pointSchema.pick({ id: true, series: true, is: true, unit: true, decimals: true, values: true, off: true }))
      .describe('Points shown in lists'),
    addedAt: z.number(),
    serviceLog: z
      .enum(['unknown'])
      .nullable()
      .describe('unknown: the device keeps a log of its own and nobody has published how it is read'),
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof deviceSchema>

export const findingSchema = z
  .object({
    address: addressSchema,
    identity: identitySchema,
    profile: z.string(),
    profileTitle: z.string(),
    recognised: z.boolean(),
    proposedName: z.string(),
    points: z.number().int().describe('How many points the profile brings'),
    wink: z.boolean().describe('Its display can be made to blink'),
    answerMs: z.number().nullable().describe('Time of one read, median of the probe; null when nothing could be asked'),
    notices: z.array(
      z.object({
        code: z.enum(noticeCodes),
        params: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof findingSchema>

const name = z.string().trim().min(1).max(80)

/** What goes with an address when a device is looked for or added. */
const asking = {
  secret: z.string().max(20_000).optional().describe('Password or key of the line, or certificate and key as PEM; it is never shown again'),
  profile: z.string().min(1).max(200).optional().describe('Chosen by a person where a device does not tell what it is'),
}
const plainOutside = z
  .boolean()
  .default(false)
  .describe('Consent that everybody on the way through the Internet can read and change what is said to this address')
const unseen = z.boolean().default(false).describe('Without asking the device anything; needs a profile')

export const readingSchema = z
  .object({ series: z.number().int(), value: z.number().nullable(), quality: z.enum(qualities), at: z.number() })
  .meta({ id: 'Reading' })

export const devices = contract({
  list: {
    method: 'GET',
    path: '/devices',
    role: 'readonly',
    summary: 'All devices with their contact and key points',
    input: nothing,
    output: z.array(deviceSchema),
  },
  get: {
    method: 'GET',
    path: '/devices/{id}',
    role: 'readonly',
    summary: 'One device with every point',
    input: z.object({ id }),
    output: deviceSchema
      .extend({ points: z.array(pointSchema), wink: z.boolean().describe('Its display can be made to blink') })
      .meta({ id: 'DeviceWithPoints' }),
  },
  probe: {
    method: 'POST',
    path: '/devices/probe',
    role: 'full',
    summary: 'Connect to an address, say what answers there, and change nothing',
    input: addressSchema.extend({
      ...asking,
      patienceMs: z.number().int().min(100).max(20_000).optional().describe('Longest wait for an answer'),
      gentle: z.boolean().default(false).describe('After everybody else on a shared line'),
    }),
    output: findingSchema,
  },
  add: {
    method: 'POST',
    path: '/devices',
    role: 'full',
    summary: 'Connect, recognise and add a controller',
    input: addressSchema.extend({
      ...asking,
      name,
      place: z.string().trim().max(120).default(''),
      tags: tagsSchema.default([]),
      plainOutside,
      unseen,
      simulated: z.boolean().default(false).describe('The controller exists only in a simulation'),
      evenIfTooOld: z
        .boolean()
        .default(false)
        .describe('Read a controller whose firmware the maker does not support, with the general profile'),
    }),
    output: deviceSchema,
    audit: 'device',
  },
  change: {
    method: 'PATCH',
    path: '/devices/{id}',
    role: 'full',
    summary: 'Rename a device, or change its place, labels, address or profile; its history goes with it',
    input: z.object({
      id,
      name: name.optional(),
      place: z.string().trim().max(120).optional(),
      // Without the defaults of a new address: what is not named stays as it is.
      host: hostField.optional(),
      port: portField.optional(),
      unit: unitField.optional(),
      way: z.enum([...ways, 'calculated']).optional(),
      member: memberField.optional(),
      serial: serialLineSchema.optional(),
      tls: tlsSchema.optional(),
      endpoint: endpointSchema.optional(),
      secret: asking.secret,
      tags: tagsSchema.optional(),
      profile: z.string().min(1).max(200).nullable().optional().describe('Another profile; null: the one that the device is recognised by'),
      plainOutside,
      unseen,
    }),
    output: deviceSchema,
    audit: 'device',
  },
  remove: {
    method: 'DELETE',
    path: '/devices/{id}',
    role: 'full',
    summary: 'Stop reading a device and take it out of the lists; its history stays on disk',
    input: z.object({ id }),
    output: done,
    audit: 'device',
  },
  wink: {
    method: 'POST',
    path: '/devices/wink',
    role: 'full',
    summary: 'Let the display of a controller blink, so that it is found in the cellar; 0 stops it',
    input: addressSchema.extend({ seconds: z.number().int().min(0).max(600) }),
    output: winkSchema,
    audit: 'wink',
  },
  test: {
    method: 'POST',
    path: '/devices/{id}/test',
    role: 'full',
    summary: 'Read every point once and say how well the device answers',
    input: z.object({ id }),
    output: connectionTestSchema,
  },
  ...pointQuestions,
  readSettings: {
    method: 'POST',
    path: '/devices/{id}/settings/read',
    role: 'readonly',
    summary: 'Read settings from the device now',
    input: z.object({
      id,
      points: z.array(z.string().max(100)).min(1).max(1000).optional().describe('Only these; all settings when absent'),
    }),
    output: z.array(readingSchema),
  },
  write: {
    method: 'POST',
    path: '/devices/{id}/points/{point}/write',
    role: 'basic',
    summary: 'Change a setting: compared, written once, read back. Needs the role that the point names',
    input: z.object({
      id,
      point: z.string().min(1).max(100),
      value: z.number(),
      expect: z.number().nullable().describe('The value that was seen before; null: a fault. Anything else there, and nothing is written'),
      confirm: z.boolean().default(false).describe('The warnings of the point have been read'),
    }),
    output: writeResultSchema,
    audit: 'setting',
  },
  writeCounts: {
    method: 'GET',
    path: '/devices/{id}/settings/writes',
    role: 'readonly',
    summary: 'How often each setting of a device was written from here, today and in all',
    input: z.object({ id }),
    output: z.object({
      warnAt: z.number().int().describe('The write of this number in a day, and those after it, are confirmed by a person'),
      limit: z
        .number()
        .int()
        .describe('Programs may write a setting so often in a day; giving it back to the controller is always allowed'),
      points: z.array(z.object({ point: z.string(), today: z.number().int(), total: z.number().int() })),
    }),
  },
})
