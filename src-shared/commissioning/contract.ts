import { z } from 'zod'
import { contract, done, nothing, queryNumber } from '../contract.ts'
import { addressSchema, findingSchema } from '../devices/contract.ts'
import { importRunSchema, tableFileSchema, tableRowSchema, tableRowStates } from './table.ts'

const unit = z.number().int().min(1).max(255)
const report = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })

/** Where controllers are looked for: all units of one line, or the same units at all addresses of a network. */
export const scanPlaceSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('line'),
      line: addressSchema.pick({ host: true, port: true, way: true, serial: true }).describe('A way of Modbus'),
      from: unit.default(1),
      to: unit.default(32),
    }),
    z.object({
      kind: z.literal('subnet'),
      range: z.string().trim().min(1).max(500).describe('192.168.1.0/24, 10.0.0.5-10.0.0.80, or single addresses; at most 1,024'),
      port: z.number().int().min(1).max(65535).default(502),
      units: z.array(unit).min(1).max(16).default([1]),
    }),
  ])
  .meta({ id: 'ScanPlace' })
export type ScanPlace = z.infer<typeof scanPlaceSchema>

export const scanHitSchema = z
  .object({
    address: addressSchema,
    finding: findingSchema.nullable().describe('null: already added, or something that speaks Modbus and is not known'),
    failure: report.nullable().describe('How something answered that is not known'),
    device: z.object({ id: z.string(), name: z.string() }).nullable().describe('Under which it is in the list already'),
  })
  .meta({ id: 'ScanHit' })
export type ScanHit = z.infer<typeof scanHitSchema>

export const scanStates = ['running', 'done', 'cancelled', 'interrupted'] as const

export const scanSchema = z
  .object({
    id: z.string(),
    place: scanPlaceSchema,
    patienceMs: z.number().int(),
    state: z.enum(scanStates).describe('interrupted: the program ended while it ran'),
    startedAt: z.number().describe('UTC ms'),
    endedAt: z.number().nullable(),
    asked: z.number().int(),
    total: z.number().int(),
    leftMs: z.number().nullable().describe('How long it will still take, as far as can be told'),
    hits: z.array(scanHitSchema),
  })
  .meta({ id: 'Scan' })
export type Scan = z.infer<typeof scanSchema>

const id = z.string().min(1).max(64)

export const commissioning = contract({
  subnets: {
    method: 'GET',
    path: '/scan/subnets',
    role: 'full',
    summary: 'The networks that this machine is in',
    input: nothing,
    output: z.array(z.object({ name: z.string(), range: z.string(), addresses: z.number().int() })),
  },
  startScan: {
    method: 'POST',
    path: '/scan',
    role: 'full',
    summary: 'Look for controllers on a line or in a network; nothing is written to any device',
    input: z.object({
      place: scanPlaceSchema,
      patienceMs: z.number().int().min(100).max(5000).default(700).describe('Longest wait for one answer'),
    }),
    output: scanSchema,
    audit: 'scan',
  },
  scan: {
    method: 'GET',
    path: '/scan',
    role: 'full',
    summary: 'The scan that runs, or the last one with what it found',
    input: nothing,
    output: scanSchema.nullable(),
  },
  cancelScan: {
    method: 'POST',
    path: '/scan/cancel',
    role: 'full',
    summary: 'End the scan; what it found stays',
    input: nothing,
    output: done,
    audit: 'scan',
  },
  forgetScan: {
    method: 'DELETE',
    path: '/scan',
    role: 'full',
    summary: 'Throw away what the last scan found',
    input: nothing,
    output: done,
    audit: 'scan',
  },
  scanTable: {
    method: 'POST',
    path: '/scan/table',
    role: 'full',
    summary: 'What the last scan found and is not yet added, as a table with proposed names; nothing is added',
    input: nothing,
    output: importRunSchema,
  },
  draft: {
    method: 'GET',
    path: '/commissioning/draft',
    role: 'full',
    summary: 'How far this person is with connecting a controller',
    input: nothing,
    output: z.object({ draft: z.string().nullable(), changedAt: z.number().nullable() }),
  },
  saveDraft: {
    method: 'PUT',
    path: '/commissioning/draft',
    role: 'full',
    summary: 'Remember how far this person is; null forgets it',
    input: z.object({ draft: z.string().max(20_000).nullable().describe('JSON of the screen; no secret belongs into it') }),
    output: done,
  },
  exportTable: {
    method: 'GET',
    path: '/device-table',
    role: 'readonly',
    summary: 'All devices as a CSV file that can be read in again',
    input: nothing,
    output: tableFileSchema,
  },
  tableTemplate: {
    method: 'GET',
    path: '/device-table/template',
    role: 'readonly',
    summary: 'An empty CSV file with an example of each way',
    input: nothing,
    output: tableFileSchema,
  },
  readTable: {
    method: 'POST',
    path: '/device-table',
    role: 'full',
    summary: 'Read a CSV file of devices and say what would become of each row; nothing is added',
    input: z.object({ file: z.base64().max(7_000_000).describe('The bytes of the file in base64; at most 5 MB') }),
    output: importRunSchema,
    largest: 7_200_000,
  },
  table: {
    method: 'GET',
    path: '/device-table/{id}',
    role: 'full',
    summary: 'How far a table is',
    input: z.object({ id }),
    output: importRunSchema,
  },
  tableRows: {
    method: 'GET',
    path: '/device-table/{id}/rows',
    role: 'full',
    summary: 'Rows of a table with what becomes or became of them',
    input: z.object({
      id,
      from: queryNumber().pipe(z.number().int().min(0)).default(0),
      limit: queryNumber().pipe(z.number().int().min(1).max(500)).default(200),
      state: z.enum(tableRowStates).optional(),
    }),
    output: z.object({ rows: z.array(tableRowSchema), total: z.number().int() }),
  },
  askTable: {
    method: 'POST',
    path: '/device-table/{id}/ask',
    role: 'full',
    summary: 'Ask each new device of a table whether it is there and what it is; nothing is added',
    input: z.object({ id }),
    output: importRunSchema,
  },
  importTable: {
    method: 'POST',
    path: '/device-table/{id}/import',
    role: 'full',
    summary: 'Add the new devices of a table; each row is in or not',
    input: z.object({
      id,
      unseen: z.boolean().default(false).describe('Without asking the devices; rows without a profile are then left out'),
      plainOutside: z.boolean().default(false).describe('Consent for addresses outside private networks, see devices.add'),
    }),
    output: importRunSchema,
    audit: 'import',
  },
  cancelTable: {
    method: 'POST',
    path: '/device-table/{id}/cancel',
    role: 'full',
    summary: 'End asking or adding; what is added stays',
    input: z.object({ id }),
    output: done,
    audit: 'import',
  },
  tableResult: {
    method: 'GET',
    path: '/device-table/{id}/result',
    role: 'full',
    summary: 'The table as CSV with what became of each row',
    input: z.object({ id }),
    output: tableFileSchema,
  },
})
