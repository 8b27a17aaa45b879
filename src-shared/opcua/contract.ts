import { z } from 'zod'
import { contract, done, nothing } from '../contract.ts'
import { endpointSchema } from '../devices/way.ts'
import { units, type Quantity } from '../units.ts'
import { nodeClasses } from './port.ts'
import { worths } from './policy.ts'
import { templateSchema } from './template.ts'
import { certificateSchema, trustedOneSchema } from './trust.ts'

const server = {
  host: z.string().trim().min(1).max(253).describe('IP address or host name'),
  port: z.number().int().min(1).max(65535).default(4840),
  path: z.string().trim().max(500).default('').describe('What follows host and port in the address of the server; often empty'),
}

/** How a person looks into a server that is no device yet. */
const login = {
  host: server.host,
  port: server.port,
  endpoint: endpointSchema,
  member: z.string().max(500).default('').describe('Base node of the device behind the server; browse paths begin there'),
  secret: z.string().max(20_000).optional().describe('Password, or certificate and key as PEM; it is never shown again'),
}

const nodeText = z.string().min(1).max(500)

const offeredSchema = z
  .object({
    policy: z.string(),
    mode: endpointSchema.shape.mode,
    worth: z.enum(worths).describe('old: withdrawn methods. none: everybody on the line can read and change. refused: broken, never used'),
    identities: z.array(z.enum(['anonymous', 'password', 'certificate'])),
    server: z.string(),
    certificate: certificateSchema.nullable(),
    trust: z
      .enum(['yes', 'no', 'changed', 'none'])
      .describe('changed: another one was trusted for this server. none: it shows no certificate'),
  })
  .meta({ id: 'OpcuaEndpoint' })
export type OpcuaEndpoint = z.infer<typeof offeredSchema>

const nodeValueSchema = z
  .object({
    value: z.number().nullable().describe('The plain number, before any scale; null when it is none'),
    text: z.string(),
    type: z.string(),
    status: z.number().describe('OPC UA status code; 0: good'),
    statusName: z.string(),
    quality: z.string(),
    at: z.number().nullable().describe('UTC ms, as the server tells'),
    writable: z.boolean(),
  })
  .meta({ id: 'OpcuaValue' })

const treeNodeSchema = z
  .object({
    node: z.string().describe('Stays right after the server has started anew'),
    id: z.string().describe('What the server calls it now'),
    step: z.string().describe('Browse path from its parent'),
    name: z.string(),
    class: z.enum(nodeClasses),
    holds: nodeValueSchema.nullable(),
  })
  .meta({ id: 'OpcuaNode' })
export type OpcuaTreeNode = z.infer<typeof treeNodeSchema>

const trustedShown = trustedOneSchema.omit({ der: true }).meta({ id: 'TrustedServer' })

export const opcua = contract({
  endpoints: {
    method: 'POST',
    path: '/opcua/endpoints',
    role: 'full',
    summary: 'Which ways in an OPC UA server offers, and whether its certificate is trusted; nothing is signed in to',
    input: z.object(server),
    output: z.array(offeredSchema),
  },
  browse: {
    method: 'POST',
    path: '/opcua/browse',
    role: 'full',
    summary: 'The nodes below one of an OPC UA server, a page at a time, with what they hold',
    input: z.object({
      ...login,
      node: nodeText.optional().describe('Objects when absent'),
      cursor: z.string().max(8000).optional().describe('What the page before gave as `more`'),
    }),
    output: z.object({ nodes: z.array(treeNodeSchema), more: z.string().nullable() }),
  },
  read: {
    method: 'POST',
    path: '/opcua/read',
    role: 'full',
    summary: 'What nodes of an OPC UA server hold now; null for one that it does not have',
    input: z.object({ ...login, nodes: z.array(nodeText).min(1).max(1000) }),
    output: z.array(nodeValueSchema.nullable()),
  },
  own: {
    method: 'GET',
    path: '/opcua/own',
    role: 'full',
    summary: 'Hearthgrid’s own certificate, which a server may have to be told to trust',
    input: nothing,
    output: certificateSchema.extend({ pem: z.string() }).meta({ id: 'OwnCertificate' }),
  },
  trusted: {
    method: 'GET',
    path: '/opcua/trusted',
    role: 'full',
    summary: 'Which certificate is trusted for which server, since when and by whom',
    input: nothing,
    output: z.array(trustedShown),
  },
  trust: {
    method: 'POST',
    path: '/opcua/trusted',
    role: 'full',
    summary: 'Trust the certificate that a server shows now, after a person has compared its thumbprint; replaces the one before',
    input: z.object({
      ...server,
      sha256: z
        .string()
        .regex(/^[0-9A-Fa-f]{64}$/)
        .describe('Of the certificate that was looked at'),
    }),
    output: trustedShown,
    audit: 'certificate',
  },
  distrust: {
    method: 'DELETE',
    path: '/opcua/trusted/{host}/{port}',
    role: 'full',
    summary: 'No longer trust the certificate of a server; its devices are not read any more',
    input: z.object({ host: server.host, port: z.coerce.number<number>().int().min(1).max(65535) }),
    output: done,
    audit: 'certificate',
  },
  templates: {
    method: 'GET',
    path: '/opcua/templates',
    role: 'full',
    summary: 'Makers whose servers publish no list of nodes: the points to look for',
    input: nothing,
    output: z.array(templateSchema),
  },
  points: {
    method: 'GET',
    path: '/opcua/points',
    role: 'readonly',
    summary: 'The points that a node can be given to, with their quantity',
    input: nothing,
    output: z.array(z.object({ id: z.string(), is: z.enum(Object.keys(units) as [Quantity, ...Quantity[]]) })),
  },
})
