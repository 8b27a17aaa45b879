import { z } from 'zod'
import { contract, queryList, queryNumber } from '../contract.ts'
import { addressSchema, contactSchema, readingSchema } from '../devices/contract.ts'
import { nothing } from '../contract.ts'
import { lineSchema, portsSchema } from './line.ts'

export const connectionSchema = z
  .object({
    device: z.string(),
    name: z.string(),
    address: addressSchema,
    contact: contactSchema,
    requests: z.number().int().describe('Since the program started'),
    failures: z.number().int(),
    exceptions: z.number().int().describe('Requests the device refused'),
    reconnects: z.number().int(),
    answerMs: z.number().nullable().describe('Median of the last 64 answers'),
    answerMsWorst: z.number().nullable().describe('Slowest of the last 64 answers'),
    cycleMs: z.number().nullable().describe('How long the last full read took'),
    overruns: z.number().int().describe('Reads that were still running when the next was due'),
    nextTry: z.number().nullable().describe('UTC ms of the next attempt while offline'),
    lastSlot: z.number().nullable().describe('UTC ms of the last stored quarter hour'),
    missedSlots: z.number().int().describe('Quarter hours that could not be stored since the program started'),
    unserved: z.number().int().describe('Registers that the device answered it does not have'),
  })
  .meta({ id: 'Connection' })
export type Connection = z.infer<typeof connectionSchema>

export const acquisition = contract({
  connections: {
    method: 'GET',
    path: '/connections',
    role: 'readonly',
    summary: 'How well each device answers',
    input: nothing,
    output: z.array(connectionSchema),
  },
  tryNow: {
    method: 'POST',
    path: '/connections/{device}/try',
    role: 'basic',
    summary: 'Contact a device now instead of at its next turn',
    input: z.object({ device: z.string() }),
    output: contactSchema,
  },
  line: {
    method: 'GET',
    path: '/connections/{device}/line',
    role: 'basic',
    summary: 'The line of a device: what passes on it, how its devices answer, and what is probably wrong',
    input: z.object({ device: z.string(), since: queryNumber().default(0).describe('`next` of the answer before') }),
    output: lineSchema,
  },
  ports: {
    method: 'GET',
    path: '/serial-ports',
    role: 'full',
    summary: 'The serial ports of this machine',
    input: nothing,
    output: portsSchema,
  },
  latest: {
    method: 'GET',
    path: '/live',
    role: 'readonly',
    summary: 'The last known reading of each named series',
    input: z.object({ series: queryList(queryNumber()) }),
    output: z.array(readingSchema),
  },
})
