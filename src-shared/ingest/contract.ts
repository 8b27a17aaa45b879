import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { deviceSchema } from '../devices/contract.ts'
import { units, type Quantity } from '../units.ts'
import { formatSchema } from './format.ts'

const id = z.string().min(1).max(64)
const name = z.string().trim().min(1).max(80)

/** What messages are posted to, below the API; `{gateway}` is the id. */
export const ingestPath = '/api/v1/ingest'

/** The name of a device whose messages do not name one. */
export const namelessMember = '-'

export const tallySchema = z
  .object({
    values: z.number().int().describe('Values found in what was received'),
    stored: z.number().int(),
    duplicates: z.number().int().describe('Already there with the same value'),
    conflicts: z.number().int().describe('Already there with another value, which is kept'),
    unmapped: z.number().int().describe('Of a device or key that no point stands for'),
    notNumbers: z.number().int(),
    noTime: z.number().int().describe('Without a time stamp: the time of arrival was taken'),
    badTime: z.number().int().describe('With a time stamp that cannot be read'),
    future: z.number().int().describe('More than five minutes ahead of this computer'),
    old: z.number().int().describe('Older than a year'),
  })
  .meta({ id: 'IngestTally' })
export type Tally = z.infer<typeof tallySchema>

export const gatewaySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    path: z.string().describe('What the gateway posts to, below the address of this server'),
    tokenMadeAt: z.number().nullable().describe('UTC ms; null: it has no valid token'),
    format: formatSchema,
    devices: z.number().int(),
    requests: z.number().int().describe('Accepted since the program started'),
    refused: z.number().int().describe('Refused since the program started'),
    lastAt: z.number().nullable().describe('UTC ms of the last request'),
    tally: tallySchema.describe('Since the program started'),
  })
  .meta({ id: 'Gateway' })
export type Gateway = z.infer<typeof gatewaySchema>

export const requestSchema = z
  .object({
    at: z.number(),
    from: z.string().describe('IP address'),
    status: z.number().int(),
    problem: z.string().nullable().describe('Failure code, when it was refused'),
    detail: z.string().describe('What was wrong with it'),
    type: z.string(),
    bytes: z.number().int(),
    body: z.string().describe('The first 4,000 characters'),
    tally: tallySchema.nullable(),
  })
  .meta({ id: 'IngestRequest' })
export type IngestRequest = z.infer<typeof requestSchema>

/** One key of a device as a point of ours. Canonical value = number × scale + offset. */
export const mappingSchema = z
  .object({
    key: z.string().min(1).max(200),
    point: z
      .string()
      .regex(/^[a-z][A-Za-z0-9.]*$/)
      .max(100)
      .describe('Well-known id such as circuit1.flow, or an own one'),
    title: z.string().trim().max(80).optional().describe('Name of an own point'),
    is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]),
    role: z.enum(['measure', 'state']).default('measure'),
    scale: z
      .number()
      .refine((scale) => scale !== 0, 'must not be 0')
      .default(1),
    offset: z.number().default(0),
  })
  .meta({ id: 'IngestMapping' })
export type Mapping = z.output<typeof mappingSchema>

export const keySchema = z
  .object({
    member: z.string().describe('Name of the device at the gateway'),
    key: z.string(),
    raw: z.string().describe('As it came last, at most 60 characters'),
    number: z.number().nullable().describe('The number in it'),
    at: z.number().nullable().describe('UTC ms of its time stamp'),
    arrived: z.number().nullable().describe('UTC ms; null for a mapped key that has not come since the program started'),
    count: z.number().int(),
    device: z.string().nullable().describe('Id of the device it belongs to'),
    mapped: mappingSchema.nullable().describe('The point that it stands for'),
  })
  .meta({ id: 'IngestKey' })
export type IngestKey = z.infer<typeof keySchema>

const token = z.object({ id, token: z.string().describe('Shown this once') })

export const ingest = contract({
  gateways: {
    method: 'GET',
    path: '/gateways',
    role: 'readonly',
    summary: 'Gateways that send values by themselves',
    input: nothing,
    output: z.array(gatewaySchema),
  },
  addGateway: {
    method: 'POST',
    path: '/gateways',
    role: 'admin',
    summary: 'Make a door for a gateway, with a token of its own',
    input: z.object({ name, zone: formatSchema.shape.zone.optional() }),
    output: token.extend({ path: z.string() }),
    audit: 'gateway',
  },
  changeGateway: {
    method: 'PATCH',
    path: '/gateways/{id}',
    role: 'admin',
    summary: 'Rename a gateway, or say what the fields of its messages mean',
    input: z.object({ id, name: name.optional(), format: formatSchema.optional() }),
    output: done,
    audit: 'gateway',
  },
  makeToken: {
    method: 'POST',
    path: '/gateways/{id}/token',
    role: 'admin',
    summary: 'Make a new token for a gateway; the one before ends',
    input: z.object({ id }),
    output: token,
    audit: 'gateway',
  },
  revokeToken: {
    method: 'DELETE',
    path: '/gateways/{id}/token',
    role: 'admin',
    summary: 'End the token of a gateway; nothing is taken from it any more',
    input: z.object({ id }),
    output: done,
    audit: 'gateway',
  },
  removeGateway: {
    method: 'DELETE',
    path: '/gateways/{id}',
    role: 'admin',
    summary: 'Remove a gateway that no device belongs to',
    input: z.object({ id }),
    output: done,
    audit: 'gateway',
  },
  keys: {
    method: 'GET',
    path: '/gateways/{id}/keys',
    role: 'full',
    summary: 'What a gateway has sent since the program started, key by key',
    input: z.object({ id }),
    output: z.array(keySchema),
  },
  requests: {
    method: 'GET',
    path: '/gateways/{id}/requests',
    role: 'admin',
    summary: 'The last 50 requests of a gateway, newest first, with what was wrong with them',
    input: z.object({ id }),
    output: z.array(requestSchema),
  },
  map: {
    method: 'POST',
    path: '/gateways/{id}/devices',
    role: 'full',
    summary: 'Make a device out of what a gateway sends: which key is which point',
    input: z.object({
      id,
      member: z.string().min(1).max(200),
      name,
      place: z.string().trim().max(120).default(''),
      points: z.array(mappingSchema).min(1).max(500),
    }),
    output: deviceSchema,
    audit: 'device',
  },
})
