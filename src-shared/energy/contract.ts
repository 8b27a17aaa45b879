import { z } from 'zod'
import { contract, done, nothing, queryList, queryNumber } from '../contract.ts'
import { consumedSchema } from './consumed-schema.ts'
import { figureSchema, rules } from './finding.ts'
import { limitsSchema } from './limits.ts'

const meter = z.string().min(1).max(100)

export const findingSchema = z
  .object({
    id: z.string(),
    rule: z.enum(rules),
    severity: z.enum(['warning', 'alarm']),
    device: z.string().nullable().describe('null: several devices, or one that is gone'),
    devices: z.array(z.string()).describe('All that it is about, by name'),
    meter: meter.nullable(),
    series: z.number().int().nullable(),
    point: z.string().nullable(),
    from: z.number().describe('UTC ms'),
    to: z.number(),
    figures: z.array(figureSchema).describe('What proves it'),
    method: z.number().int().describe('Version of how it was come to'),
    openSince: z.number(),
    lastSeen: z.number(),
    closedAt: z.number().nullable().describe('Gone by itself, or explained'),
    acknowledged: z.object({ at: z.number(), by: z.string(), note: z.string() }).nullable(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.infer<typeof findingSchema>

export const checkStateSchema = z
  .object({
    state: z.enum(['none', 'running', 'done', 'cancelled', 'failed']),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    devices: z.number().int().describe('Checked'),
    total: z.number().int(),
    next: z.number().nullable().describe('UTC ms of the next check by itself'),
  })
  .meta({ id: 'EnergyCheck' })
export type CheckState = z.infer<typeof checkStateSchema>

const positive = z.number().positive().max(1e6).nullable()

export const plateSchema = z
  .object({
    designPower: positive.describe('kW'),
    permanentFlow: positive.describe('qp, m³/h'),
    smallestFlow: positive.describe('qi, m³/h'),
    side: z.enum(['flow', 'return']).nullable().describe('Pipe of the flow sensor'),
    verifiedUntil: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/)
      .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)), 'is no day')
      .nullable(),
  })
  .meta({ id: 'MeterPlate' })

export const quantities = ['energy', 'volume'] as const
export const consumptionSteps = ['hour', 'day', 'month'] as const

/** Intervals of one answer, at most, over all meters. */
export const mostIntervals = 2_000_000

export const consumptionLineSchema = z
  .object({
    meter,
    quantity: z.enum(quantities).describe('kWh, m³'),
    value: z.array(z.number().nullable()).describe('One for each interval; null: not known'),
    valid: z.array(z.number()).describe('Share of the interval that readings cover'),
    interpolated: z.array(z.number()).describe('How much of the value is spread evenly over a time without readings'),
    partial: z.array(z.number().int()).describe('Places of intervals that are not whole'),
    total: consumedSchema,
  })
  .meta({ id: 'ConsumptionLine' })
export type ConsumptionLine = z.infer<typeof consumptionLineSchema>

export const energy = contract({
  consumption: {
    method: 'GET',
    path: '/energy/consumption',
    role: 'readonly',
    summary: 'What meters used by hour, day or month of the local calendar, across resets, gaps and replacements',
    input: z.object({
      meter: queryList(meter).pipe(z.array(z.string()).min(1).max(5000)).optional().describe('All meters when absent'),
      quantity: queryList(z.enum(quantities))
        .pipe(z.array(z.enum(quantities)).min(1).max(2))
        .optional()
        .describe('Both when absent'),
      from: queryNumber().describe('UTC ms'),
      to: queryNumber(),
      step: z.enum(consumptionSteps).default('day'),
    }),
    output: z.object({
      edges: z.array(z.number()).describe('UTC ms: interval i is from edges[i] to edges[i + 1]; the outermost are from and to'),
      greyBelow: z.number().describe('Valid share below which a figure is not to be relied on'),
      lines: z.array(consumptionLineSchema),
    }),
  },
  findings: {
    method: 'GET',
    path: '/energy/findings',
    role: 'readonly',
    summary: 'What the checks of meters found: open ones, or all of the last year; newest first',
    input: z.object({ meter: meter.optional(), all: z.enum(['yes', 'no']).default('no') }),
    output: z.array(findingSchema),
  },
  acknowledge: {
    method: 'POST',
    path: '/energy/findings/{id}/acknowledge',
    role: 'basic',
    summary: 'Say what a finding is about: it is no longer counted among those to look at',
    input: z.object({ id: z.string().min(1).max(200), note: z.string().trim().max(500) }),
    output: findingSchema,
    audit: 'finding',
  },
  check: {
    method: 'POST',
    path: '/energy/check',
    role: 'basic',
    summary: 'Check all meters of the last days in the background, as each night; the job is energy.check',
    input: nothing,
    output: checkStateSchema,
    audit: 'energyCheck',
  },
  checkState: {
    method: 'GET',
    path: '/energy/check',
    role: 'readonly',
    summary: 'How far the check is, or how the last one ended',
    input: nothing,
    output: checkStateSchema,
  },
  checkStop: {
    method: 'DELETE',
    path: '/energy/check',
    role: 'basic',
    summary: 'Stop the check that runs; what it found so far stays',
    input: nothing,
    output: done,
    audit: 'energyCheck',
  },
  plates: {
    method: 'GET',
    path: '/energy/plates',
    role: 'readonly',
    summary: 'What the plates of meters say, as far as somebody has entered it',
    input: nothing,
    output: z.array(plateSchema.extend({ meter })),
  },
  setPlate: {
    method: 'PUT',
    path: '/energy/plates/{meter}',
    role: 'full',
    summary: 'Enter what the plate of a meter says',
    input: plateSchema.extend({ meter }),
    output: plateSchema.extend({ meter }),
    audit: 'meter',
  },
  limits: {
    method: 'GET',
    path: '/energy/limits',
    role: 'readonly',
    summary: 'What counts as plausible, by class of measurement and check',
    input: nothing,
    output: limitsSchema,
  },
  setLimits: {
    method: 'PUT',
    path: '/energy/limits',
    role: 'full',
    summary: 'Set what counts as plausible from the next check on; null brings back what the program comes with',
    input: z.object({ limits: limitsSchema.nullable() }),
    output: limitsSchema,
    audit: 'energyLimits',
  },
})
