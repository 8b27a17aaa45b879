import { z } from 'zod'
import { contract, done, nothing, queryList, queryNumber } from '../contract.ts'
import { addressSchema } from '../devices/contract.ts'
import { consumedSchema } from '../energy/consumed-schema.ts'
import { baudCommands } from '../mbus/baud.ts'
import { meterIdentitySchema, telegramViewSchema } from './telegram-view.ts'

const id = z.string().min(1).max(100).describe('Of the meter point: it stays when the meter in it is replaced')

export const meterValues = ['energy', 'volume', 'power', 'flow', 'flowTemperature', 'returnTemperature'] as const
/** What a meter that is read directly says of itself: status byte, the maker’s own code, seconds in operation. */
export const meterChecks = ['status', 'infoCode', 'operatingTime'] as const
export const powers = ['mains', 'battery'] as const

const hourMs = 3_600_000

export const meterSchema = z
  .object({
    id,
    device: z.string(),
    part: z.string().describe('Which meter of a controller, such as meter1; empty for one that is read directly'),
    name: z.string(),
    place: z.string(),
    way: z.enum(['controller', 'direct']).describe('Through the controller that reads it, or over M-Bus'),
    identity: meterIdentitySchema,
    firstSeen: z.number(),
    recognised: z.boolean().describe('false: no profile knows it, every record is shown as the meter names it'),
    profileTitle: z.string(),
    power: z.enum(powers).nullable().describe('null: a controller reads it'),
    baud: z.number().int().nullable().describe('Speed of the serial line that it is read on; null where that is set by hand'),
    restMs: z.number().describe('Shortest time between two reads that nobody asked for, 0: none'),
    lastRead: z.number().nullable(),
    nextRead: z.number().nullable().describe('UTC ms of the next read of a meter that is spared; null otherwise'),
    reads: z
      .object({ used: z.number().int(), yearly: z.number().int() })
      .nullable()
      .describe('Reads of this year out of those that the battery was made for'),
    changedTo: z.object({ serial: z.string(), at: z.number() }).nullable().describe('Another meter answers; nobody has said why'),
    values: z.partialRecord(z.enum(meterValues), z.number().int()).describe('Series numbers'),
    checks: z.partialRecord(z.enum(meterChecks), z.number().int()).describe('Series numbers of what it says of itself'),
  })
  .meta({ id: 'Meter' })
export type Meter = z.infer<typeof meterSchema>

const line = addressSchema.pick({ host: true, port: true, way: true, serial: true })

export const foundMeterSchema = z
  .object({
    address: addressSchema,
    telegram: telegramViewSchema,
    profile: z.string().nullable().describe('null: no profile knows it'),
    profileTitle: z.string(),
    proposedName: z.string(),
    known: z.string().nullable().describe('Name of the device that is read there already'),
  })
  .meta({ id: 'FoundMeter' })
export type FoundMeterInfo = z.infer<typeof foundMeterSchema>

export const scanSchema = z
  .object({
    state: z.enum(['none', 'running', 'done', 'cancelled', 'failed']),
    startedAt: z.number().nullable(),
    meters: z.array(foundMeterSchema),
    unclear: z.array(z.string()).describe('Addresses where somebody answered and no meter could be told'),
    failure: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).nullable(),
  })
  .meta({ id: 'MeterScan' })
export type MeterScanInfo = z.infer<typeof scanSchema>

export const consumptionSchema = z
  .object({
    meter: id,
    quantity: z.enum(['energy', 'volume']).describe('kWh, m³'),
    today: consumedSchema,
    yesterday: consumedSchema,
    month: consumedSchema,
  })
  .meta({ id: 'MeterConsumption' })
export type MeterConsumption = z.infer<typeof consumptionSchema>

const index = z.number().nonnegative().nullable()

export const replacementSchema = z
  .object({
    at: z.number().describe('UTC ms'),
    oldSerial: z.string().nullable(),
    newSerial: z.string().nullable(),
    finalEnergy: index.describe('kWh'),
    firstEnergy: index,
    finalVolume: index.describe('m³'),
    firstVolume: index,
  })
  .meta({ id: 'MeterReplacement' })
export type Replacement = z.infer<typeof replacementSchema>

export const meterEventSchema = z
  .object({
    at: z.number(),
    kind: z.enum(['seen', 'otherSerial', 'sameMeter', 'replaced', 'power']),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
  })
  .meta({ id: 'MeterEvent' })
export type MeterEvent = z.infer<typeof meterEventSchema>

export const meters = contract({
  list: {
    method: 'GET',
    path: '/meters',
    role: 'readonly',
    summary: 'All energy meters: those that controllers read and those that are read directly',
    input: nothing,
    output: z.array(meterSchema),
  },
  look: {
    method: 'POST',
    path: '/meters/look',
    role: 'full',
    summary: 'Read a meter once by its address and show its whole answer; keeps nothing',
    input: addressSchema,
    output: foundMeterSchema,
  },
  add: {
    method: 'POST',
    path: '/meters',
    role: 'full',
    summary: 'Read a meter, recognise it and add it',
    input: addressSchema.extend({
      name: z.string().trim().min(1).max(80),
      place: z.string().trim().max(120).default(''),
      power: z.enum(powers).optional().describe('As its profile says when absent'),
      plainOutside: z.boolean().default(false).describe('Consent that everybody on the way through the Internet can read along'),
      simulated: z.boolean().default(false),
    }),
    output: meterSchema,
    audit: 'meter',
  },
  change: {
    method: 'PATCH',
    path: '/meters/{id}',
    role: 'full',
    summary: 'Say what a meter is powered by, and how long its battery is spared between two reads',
    input: z.object({
      id,
      power: z.enum(powers).optional(),
      restMs: z
        .number()
        .int()
        .min(hourMs)
        .max(31 * 24 * hourMs)
        .optional(),
    }),
    output: meterSchema,
    audit: 'meter',
  },
  read: {
    method: 'POST',
    path: '/meters/{id}/read',
    role: 'basic',
    summary: 'Read a meter now, which counts among the reads of its battery; gives its whole answer',
    input: z.object({ id }),
    output: telegramViewSchema,
    audit: 'meter',
  },
  telegram: {
    method: 'GET',
    path: '/meters/{id}/telegram',
    role: 'readonly',
    summary: 'The last whole answer of a meter since the program started, without asking it',
    input: z.object({ id }),
    output: z.object({ telegram: telegramViewSchema.nullable() }),
  },
  scan: {
    method: 'POST',
    path: '/meters/scan',
    role: 'full',
    summary: 'Look for all meters of a line in the background; the job is meters.scan',
    input: line.extend({
      by: z.enum(['primary', 'secondary']),
      from: z.number().int().min(0).max(250).default(0),
      to: z.number().int().min(0).max(250).default(250),
      within: z
        .string()
        .regex(/^[0-9A-Fa-f]{8}$/)
        .optional()
        .describe('Only serial numbers like this, F standing for any digit'),
    }),
    output: scanSchema,
    audit: 'meterScan',
  },
  scanState: {
    method: 'GET',
    path: '/meters/scan',
    role: 'full',
    summary: 'What the last scan found',
    input: nothing,
    output: scanSchema,
  },
  scanStop: {
    method: 'DELETE',
    path: '/meters/scan',
    role: 'full',
    summary: 'Stop the scan that runs',
    input: nothing,
    output: done,
    audit: 'meterScan',
  },
  consumption: {
    method: 'GET',
    path: '/meters/consumption',
    role: 'readonly',
    summary: 'What was used today, yesterday and this month, across replacements; days of the installation’s time zone',
    input: z.object({
      meter: queryList(id).pipe(z.array(z.string()).min(1).max(1000)).optional().describe('All meters when absent'),
    }),
    output: z.array(consumptionSchema),
  },
  replacements: {
    method: 'GET',
    path: '/meters/replacements',
    role: 'readonly',
    summary: 'All replacements of meters that were noted, oldest first',
    input: nothing,
    output: z.array(replacementSchema.extend({ meter: id })),
  },
  events: {
    method: 'GET',
    path: '/meters/{id}/events',
    role: 'readonly',
    summary: 'What happened to a meter: first seen, another serial number, replaced; newest first',
    input: z.object({ id }),
    output: z.array(meterEventSchema),
  },
  proposal: {
    method: 'GET',
    path: '/meters/{id}/replacement',
    role: 'full',
    summary: 'Indexes of a replacement as history has them, at the moment given or when another serial number was noticed',
    input: z.object({ id, at: queryNumber().optional() }),
    output: replacementSchema,
  },
  replace: {
    method: 'POST',
    path: '/meters/{id}/replacement',
    role: 'full',
    summary: 'Note that a meter was replaced: the meter point and its history stay, consumption goes on across it',
    input: replacementSchema.omit({ oldSerial: true }).extend({
      id,
      reason: z.string().trim().max(200).default(''),
      unit: z.number().int().min(0).max(253).optional().describe('Where the new meter answers, when not as before'),
      member: z.string().trim().max(50).optional(),
    }),
    output: meterSchema,
    audit: 'meter',
  },
  keep: {
    method: 'POST',
    path: '/meters/{id}/keep',
    role: 'full',
    summary: 'Say that another serial number is the same meter after all',
    input: z.object({ id }),
    output: meterSchema,
    audit: 'meter',
  },
  setBaud: {
    method: 'POST',
    path: '/meters/{id}/baud',
    role: 'full',
    summary: 'Switch a meter and its serial line to another speed, confirmed by its answer there',
    input: z.object({ id, baud: z.union(Object.keys(baudCommands).map((baud) => z.literal(Number(baud))) as [z.ZodLiteral<number>]) }),
    output: done,
    audit: 'meter',
  },
})
