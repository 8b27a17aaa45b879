import { z } from 'zod'
import { addressSchema, contactSchema } from '../devices/contract.ts'

/** What came of a request. `damaged`: bytes that are no frame; `foreign`: a frame that is no answer to it. */
export const outcomes = ['answered', 'silent', 'damaged', 'foreign', 'refused', 'gateway', 'closed', 'unreachable'] as const
export type Outcome = (typeof outcomes)[number]

/** Upper ends of the classes of response times, ms; the last class has none. */
export const answerClasses = [5, 10, 20, 50, 100, 200, 500, 1000, 2000] as const

/** How many requests of a device `recent` looks back. */
export const recentRequests = 64

/** Of every device on the line. */
export const lineUnitSchema = z.object({
  device: z.string(),
  name: z.string(),
  address: addressSchema,
  contact: contactSchema,
  recent: z.record(z.enum(outcomes), z.number().int()).describe(`What came of the last ${recentRequests} requests`),
  requests: z.number().int().describe('Since the program started'),
  failures: z.number().int(),
  exceptions: z.number().int(),
  answerMs: z.number().nullable().describe('Median of the last 64 answers'),
  answerMsWorst: z.number().nullable(),
  spread: z.array(z.number().int()).describe(`Answers up to ${answerClasses.join(', ')} ms, and slower ones`),
  cycleMs: z.number().nullable().describe('How long the last full read took'),
  dueMs: z.number().nullable().describe('How often it is due; null while nobody watches it'),
  overruns: z.number().int(),
})
export type LineUnit = z.infer<typeof lineUnitSchema>

export const lineMessageSchema = z.object({
  n: z.number().int().describe('Counts the messages of the line'),
  at: z.number().describe('UTC ms'),
  direction: z.enum(['sent', 'received']),
  hex: z.string(),
  note: z.string().nullable().describe('Why it is no answer, or what happened to the connection'),
})
export type LineMessage = z.infer<typeof lineMessageSchema>

/** What the doctor may find; `failure` is told by the text of the failure itself. */
export const causes = [
  'waiting',
  'failure',
  'otherClient',
  'gatewayAll',
  'garbled',
  'silentLine',
  'silentAddress',
  'silentOne',
  'silentSome',
  'gatewaySome',
  'garbledOne',
  'twoMasters',
  'damaged',
  'damagedOne',
  'closes',
  'lossy',
  'slowCycle',
  'slowOne',
  'refusing',
  'fine',
] as const
export type CauseCode = (typeof causes)[number]

export const causeSchema = z.object({
  cause: z.enum(causes),
  device: z.string().nullable().describe('The device that it is about, when it is about one'),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type Cause = z.infer<typeof causeSchema>

export const lineSchema = z
  .object({
    address: addressSchema.describe('Of the line; its unit and member are those of the device asked for'),
    causes: z.array(causeSchema).describe('The likely cause of what is wrong first'),
    units: z.array(lineUnitSchema),
    reconnects: z.number().int(),
    load: z.number().nullable().describe('Share of the time since the last look that the line was waiting for an answer, 0 to 1'),
    messages: z.array(lineMessageSchema).describe('Oldest first. Kept only while somebody asks at least every 15 s'),
    lost: z.number().int().describe('Messages after `since` that are not kept any more'),
    next: z.number().int().describe('`since` of the next question'),
  })
  .meta({ id: 'Line' })
export type Line = z.infer<typeof lineSchema>

export const portsSchema = z
  .object({
    ports: z.array(
      z.object({
        path: z.string().describe('What an address takes as its host'),
        maker: z.string().nullable(),
        serial: z.string().nullable(),
        name: z.string().nullable(),
      }),
    ),
    reason: z.enum(['none', 'unlisted']).nullable().describe('Why there are none: none, or the system does not tell'),
  })
  .meta({ id: 'SerialPorts' })
export type SerialPorts = z.infer<typeof portsSchema>
